package io.reportfiles.download.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.config.DownloadSettings;
import io.reportfiles.config.ReadAheadSettings;
import io.reportfiles.dev.FaultProxy;
import io.reportfiles.dev.FaultProxy.Ending;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.download.StoredContent;
import io.reportfiles.download.http.Body;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.s3.StoreUnderTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading ahead from a real S3 server that limits each connection, or breaks them. */
@Timeout(120)
class ReadAheadIT {

    private static final byte[] CONTENT = new byte[12_000_017];
    private static final int CHUNK = 256 * 1024;
    private static final int STREAMS = 8;
    private static final int SLOTS = 12;

    @TempDir
    static Path directory;

    private static LocalS3 server;
    private static FaultProxy proxy;
    private static StoreUnderTest subject;
    private static ObjectStore store;
    private static StoredFile file;

    private DownloadEngine engine;
    private ReadAheads aheads;

    @BeforeAll
    static void startServer() throws Exception {
        new Random(3).nextBytes(CONTENT);
        server = LocalS3.start(directory, 0, new LocalS3.Credentials("tester", "not-a-secret"));
        proxy = FaultProxy.before(server.endpoint());
        subject = StoreUnderTest.at(proxy.endpoint(), "s3.read-timeout", "1s");
        store = subject.withBucket();
        StoredFile described = DownloadTest.stored(CONTENT);
        file = new StoredFile(
                store.store(new ObjectKey("ahead"), new ByteArrayInputStream(CONTENT), CONTENT.length)
                        .version(),
                described.size(),
                described.sha256(),
                described.crc32c(),
                described.crc32(),
                described.encoding());
    }

    @AfterAll
    static void stopServer() throws IOException {
        subject.close();
        proxy.close();
        server.close();
    }

    @BeforeEach
    void start() {
        Duration minute = Duration.ofMinutes(1);
        engine = new DownloadEngine(new DownloadSettings(
                64 << 20, 64 * 1024, 8, SLOTS, Duration.ofSeconds(5), minute, minute, Duration.ofSeconds(3)));
        engine.start(Executors.defaultThreadFactory());
    }

    @AfterEach
    void nothingStaysHeld() throws Exception {
        proxy.lift();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < deadline
                && (engine.slots().free() < SLOTS || engine.budget().reserved() > 8 * 64 * 1024)) {
            Thread.sleep(10);
        }
        assertThat(engine.slots().free()).isEqualTo(SLOTS);
        assertThat(engine.budget().reserved()).isEqualTo(8 * 64 * 1024);
        aheads.stop();
        engine.stop();
    }

    @Test
    void severalConnectionsAreFasterThanOne() throws Exception { // how much faster, a benchmark tells
        proxy.set(new Fault.Throttle(6_000_000));
        Duration alone = timeOf(reader(1));
        aheads.stop();
        Duration ahead = timeOf(reader(STREAMS));
        assertThat(alone.toNanos() / (double) ahead.toNanos())
                .as("%s alone, %s ahead", alone, ahead)
                .isGreaterThan(1.5);
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void connectionsThatBreakInTheMiddleAreReplacedWhereTheyBroke(Ending ending) throws Exception {
        proxy.set(new Fault.CutAfter(700_000, ending));
        timeOf(reader(STREAMS));
    }

    @Test
    void aStoreThatStallsIsAskedAgain() throws Exception {
        proxy.set(new Fault.Throttle(6_000_000));
        BodyReader reader = reader(STREAMS);
        byte[] buffer = new byte[64 * 1024];
        int position = 0;
        while (position < 1_000_000) {
            position += take(reader, buffer, position);
        }
        proxy.set(new Fault.StallAfter(0));
        CompletableFuture<Void> lifted =
                CompletableFuture.runAsync(proxy::lift, CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS));
        while (!reader.isAtEnd()) {
            position += take(reader, buffer, position);
        }
        reader.release();
        lifted.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aReaderWhoLeavesTakesAllConnectionsWithHim() throws Exception {
        proxy.set(new Fault.Throttle(2_000_000));
        BodyReader reader = reader(STREAMS);
        take(reader, new byte[64 * 1024], 0);
        assertThat(SLOTS - engine.slots().free()).isEqualTo(STREAMS - 1);
        reader.release();
        long start = System.nanoTime();
        while (engine.slots().free() < SLOTS && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10)) {
            Thread.sleep(5);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    private BodyReader reader(int streams) {
        aheads = new ReadAheads(new ReadAheadSettings(streams, CHUNK), engine);
        aheads.start(Executors.defaultThreadFactory());
        return new BodyReader(
                Body.of(ByteRange.whole(CONTENT.length)), List.of(new StoredContent(store, file)), aheads::of);
    }

    /** How long it takes to read everything; every byte is compared, and the checksum is by the reader. */
    private static Duration timeOf(BodyReader reader) throws IOException {
        long start = System.nanoTime();
        byte[] buffer = new byte[64 * 1024];
        for (int position = 0; !reader.isAtEnd(); ) {
            position += take(reader, buffer, position);
        }
        reader.release();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** As a download takes a buffer; 0 where the store failed and is asked again. */
    private static int take(BodyReader reader, byte[] buffer, int position) throws IOException {
        try {
            if (reader.needsStream()) {
                reader.open(Long.MAX_VALUE);
            }
            int count = reader.read(buffer, 0, buffer.length);
            for (int i = 0; i < count; i++) {
                if (buffer[i] != CONTENT[position + i]) {
                    throw new AssertionError("another byte at " + (position + i));
                }
            }
            return count;
        } catch (ObjectStoreException e) {
            assertThat(e.mayPass()).isTrue();
            return 0;
        }
    }
}
