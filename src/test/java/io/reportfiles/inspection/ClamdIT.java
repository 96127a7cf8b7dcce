package io.reportfiles.inspection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.dev.FreePort;
import io.reportfiles.inspection.MalwareScanner.Scan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scanner before a real clamd, over TCP and its socket file. */
class ClamdIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static int port;
    private static ClamdServer server;

    @BeforeAll
    static void start() throws Exception {
        port = FreePort.find();
        server = ClamdServer.start(directory, port);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<SocketAddress> addresses() {
        return List.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                UnixDomainSocketAddress.of(server.socket()));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void malwareIsNamed(SocketAddress address) throws IOException {
        assertThat(scan(address, ClamdServer.EICAR.getBytes(US_ASCII)))
                .hasValueSatisfying(finding -> assertThat(finding).contains("Eicar-Test-Signature"));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void whateverElseIsClean(SocketAddress address) throws IOException {
        assertThat(scan(address, "a,b\n1,2\n".getBytes(US_ASCII))).isEmpty();
        assertThat(scan(address, new byte[0])).isEmpty();
        assertThat(scan(address, new byte[ClamdServer.STREAM_LIMIT - 1000])).isEmpty();
    }

    @Test
    void malwareAcrossChunksIsFound() throws IOException {
        byte[] file = Arrays.copyOf("x".repeat(100_000).getBytes(US_ASCII), 100_000 + ClamdServer.EICAR.length());
        System.arraycopy(ClamdServer.EICAR.getBytes(US_ASCII), 0, file, 100_000, ClamdServer.EICAR.length());
        try (Scan scan = clamd(addresses().get(0), 1L << 20).begin()) {
            for (int i = 0; i < file.length; i += 7) {
                scan.take(file, i, Math.min(7, file.length - i));
            }
            assertThat(scan.finding()).isPresent();
        }
    }

    @Test
    void fileBeyondOurLimitIsTooLarge() throws IOException {
        try (Scan scan = clamd(addresses().get(0), 100).begin()) {
            scan.take(new byte[100], 0, 100);
            assertThatThrownBy(() -> scan.take(new byte[1], 0, 1)).isInstanceOf(TooLargeToScanException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void fileBeyondItsLimitIsTooLarge(SocketAddress address) throws IOException {
        try (Scan scan = clamd(address, 1L << 30).begin()) {
            byte[] bytes = new byte[64 << 10];
            assertThatThrownBy(() -> {
                        for (int sent = 0; sent < 4 * ClamdServer.STREAM_LIMIT; sent += bytes.length) {
                            scan.take(bytes, 0, bytes.length);
                        }
                        scan.finding();
                    })
                    .isInstanceOf(TooLargeToScanException.class);
        }
    }

    @Test
    void scannerThatIsAwayIsAFailure() throws IOException {
        SocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find());
        assertThatThrownBy(() -> clamd(nobody, 100).begin()).isInstanceOf(IOException.class);
        SocketAddress nothing = UnixDomainSocketAddress.of(directory.resolve("nothing"));
        assertThatThrownBy(() -> clamd(nothing, 100).begin()).isInstanceOf(IOException.class);
    }

    @Test
    void scannerThatSaysNothingIsAFailure() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 1);
                Scan scan = new Clamd(
                                () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), mute.getLocalPort()),
                                Duration.ofMillis(200),
                                100)
                        .begin()) {
            scan.take(new byte[10], 0, 10);
            assertThatThrownBy(scan::finding).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static Optional<String> scan(SocketAddress address, byte[] file) throws IOException {
        try (Scan scan = clamd(address, ClamdServer.STREAM_LIMIT).begin()) {
            scan.take(file, 0, file.length);
            return scan.finding();
        }
    }

    private static Clamd clamd(SocketAddress address, long maxBytes) {
        return new Clamd(() -> address, PATIENCE, maxBytes);
    }
}
