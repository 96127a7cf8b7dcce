package io.reportfiles.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClamdConnectionTest {

    private static final int ATTEMPTS = 200;

    @Test
    void connectionThatFailsLeavesNothingOpen() throws IOException {
        assumeThat(ManagementFactory.getOperatingSystemMXBean())
                .as("who counts descriptors")
                .isInstanceOf(UnixOperatingSystemMXBean.class);
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        InetSocketAddress nobody = closedPort();
        connectInVain(nobody); // opens what stays open for all
        long before = system.getOpenFileDescriptorCount();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            connectInVain(nobody);
        }
        assertThat(system.getOpenFileDescriptorCount())
                .as("other tests of this process may have opened a few")
                .isLessThan(before + ATTEMPTS / 2);
    }

    private static void connectInVain(InetSocketAddress nobody) {
        assertThatThrownBy(() -> ClamdConnection.open(nobody, Duration.ofSeconds(10)))
                .isInstanceOf(IOException.class);
    }

    private static InetSocketAddress closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }
}
