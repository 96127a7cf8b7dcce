package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.OnServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Readers over HTTP/2 who decide themselves how much they take, which is nothing at worst (RFC 9113 §5.2). */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class FlowControlIT {

    private static final byte[] SMALL = Reader.randomBytes(30_000);
    private static final byte[] LARGE = Reader.randomBytes(3_000_000);

    /** More in all than a server has threads for requests. */
    private static final int CONNECTIONS = 6;

    private static final int STREAMS = 40;

    private static final int WINDOW = 100_000;
    private static final int STEP = 60_000;
    private static final int SLOW_PART = 2_500_000;

    private static Reader reader;
    private static String small;
    private static String large;

    @BeforeAll
    static void submit() throws Exception {
        reader = Reader.create();
        small = reader.submitted("small.zip", SMALL);
        large = reader.submitted("large.zip", LARGE);
    }

    @Test
    void readersWithClosedWindowsKeepNobodyElseWaiting() throws Exception {
        withClosedWindows(
                small,
                () -> {
                    assertThat(Reader.get("files/" + small).body()).isEqualTo(SMALL);
                    try (RawHttp2 another = RawHttp2.connect(SMALL.length, Reader.ADMIN)) {
                        int stream = another.get(small);
                        assertThat(another.awaitEnd(stream)).isTrue();
                        assertThat(another.body(stream)).isEqualTo(SMALL);
                    }
                },
                Duration.ofSeconds(5));
    }

    private static void withClosedWindows(String path, Request others, Duration limit) throws Exception {
        List<RawHttp2> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                // With a window of 0 Undertow would keep the head back, too. One account may not have so many
                // downloads.
                RawHttp2 connection = RawHttp2.connect(1, reader.account("READER"));
                connections.add(connection);
                for (int j = 0; j < STREAMS; j++) {
                    connection.get(path);
                }
            }
            for (RawHttp2 connection : connections) {
                connection.awaitAnswer(1);
            }
            long start = System.nanoTime();
            others.run();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
        } finally {
            for (RawHttp2 connection : connections) {
                connection.close();
            }
        }
    }

    /** What others ask for meanwhile. */
    private interface Request {
        void run() throws Exception;
    }

    @Test
    void fileArrivesWholeInSmallWindows() throws Exception {
        try (RawHttp2 connection = RawHttp2.connect(100, Reader.ADMIN)) {
            int stream = connection.get(small);
            for (int received = 100; received < SMALL.length; received += 1_300) {
                connection.awaitBytes(stream, received);
                connection.open(stream, 1_300);
            }
            assertThat(connection.awaitEnd(stream)).isTrue();
            assertThat(connection.body(stream)).isEqualTo(SMALL);
        }
    }

    @Test
    void fileArrivesWholeInTheLargestWindow() throws Exception {
        try (RawHttp2 connection = RawHttp2.connect(Integer.MAX_VALUE, Reader.ADMIN)) {
            int stream = connection.get(large);
            assertThat(connection.awaitEnd(stream)).isTrue();
            assertThat(connection.body(stream)).isEqualTo(LARGE);
        }
    }

    @Test
    void readerWhoseWindowStaysClosedIsDroppedAndOthersOnTheConnectionAreNot() throws Exception {
        try (RawHttp2 connection = RawHttp2.connect(WINDOW, Reader.ADMIN)) {
            int closed = connection.get(large);
            int slow = connection.get(large);
            connection.awaitBytes(closed, WINDOW);
            for (int opened = WINDOW; opened < SLOW_PART && !connection.hasEnded(closed); opened += STEP) {
                connection.awaitBytes(slow, opened - WINDOW / 2); // Grizzly waits until half the first window is open
                connection.open(slow, STEP);
                Thread.sleep(200); // it is slow
            }
            assertThat(connection.awaitEnd(closed)).isFalse();
            assertThat(connection.body(closed)).isEqualTo(Arrays.copyOf(LARGE, WINDOW));
            connection.open(slow, LARGE.length);
            assertThat(connection.awaitEnd(slow)).isTrue();
            assertThat(connection.body(slow)).isEqualTo(LARGE);
        }
        assertThat(new String(
                        Reader.get("api/report-files/" + large + "/transfers").body(), UTF_8))
                .contains("CLIENT_GONE");
    }
}
