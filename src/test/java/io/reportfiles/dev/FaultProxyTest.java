package io.reportfiles.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.reportfiles.dev.FaultProxy.Ending;
import io.reportfiles.dev.FaultProxy.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final byte[] BODY = "0123456789".repeat(10_000).getBytes(UTF_8);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private HttpServer server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, BODY.length);
            exchange.getResponseBody().write(BODY);
            exchange.close();
        });
        server.start();
        proxy = FaultProxy.before(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.stop(0);
        executor.shutdownNow();
    }

    @Test
    void forwardsWhatItGets() throws IOException {
        assertThat(bytesOf(get())).isGreaterThan(BODY.length);
        assertThat(proxy.openedConnections()).isEqualTo(1);
    }

    @RepeatedTest(20)
    void refusesConnectionsUntilTheFaultIsLifted() throws IOException {
        proxy.set(new Fault.Refuse());
        assertThatThrownBy(this::get).isInstanceOf(ConnectException.class);

        proxy.lift();
        assertThat(bytesOf(get())).isGreaterThan(BODY.length);
    }

    @Test
    void throttlesEachConnection() throws IOException {
        proxy.set(new Fault.Throttle(BODY.length * 4L));
        long start = System.nanoTime();
        assertThat(bytesOf(get())).isGreaterThan(BODY.length);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(150));
    }

    @Test
    void cutsAnAnswerInGoodOrder() throws IOException {
        proxy.set(new Fault.CutAfter(5_000, Ending.FIN));

        assertThat(bytesOf(get())).isEqualTo(5_000);
    }

    @Test
    void cutsAnAnswerByAReset() {
        proxy.set(new Fault.CutAfter(5_000, Ending.RST));

        assertThatThrownBy(() -> bytesOf(get())).isInstanceOf(SocketException.class);
    }

    @Test
    void stallsUntilTheFaultIsLifted() throws IOException {
        proxy.set(new Fault.StallAfter(5_000));
        try (Socket socket = get()) {
            socket.setSoTimeout(300);
            InputStream answer = socket.getInputStream();
            assertThat(answer.readNBytes(5_000)).hasSize(5_000);
            assertThatThrownBy(answer::read).isInstanceOf(SocketTimeoutException.class);

            proxy.lift();
            socket.setSoTimeout(10_000);
            assertThat(bytesOf(socket)).isGreaterThan(BODY.length - 5_000);
        }
    }

    @Test
    void answersInTheNameOfS3() throws IOException {
        proxy.set(Fault.Answer.s3Error(503, "SlowDown"));
        try (Socket socket = get()) {
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("<Code>SlowDown</Code>");
        }
    }

    /** Asks for the body on a connection that ends with the answer. */
    private Socket get() throws IOException {
        Socket socket = new Socket(proxy.endpoint().getHost(), proxy.endpoint().getPort());
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
        return socket;
    }

    private static long bytesOf(Socket socket) throws IOException {
        try (socket) {
            return socket.getInputStream().readAllBytes().length;
        }
    }
}
