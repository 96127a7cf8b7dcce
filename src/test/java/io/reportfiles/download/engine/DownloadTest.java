package io.reportfiles.download.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.access.AccountState;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Callers;
import io.reportfiles.access.Role;
import io.reportfiles.access.Scope;
import io.reportfiles.config.DownloadSettings;
import io.reportfiles.download.Revocations;
import io.reportfiles.download.StoredContent;
import io.reportfiles.download.http.Body;
import io.reportfiles.download.http.Representation;
import io.reportfiles.ledger.TransferOutcome;
import io.reportfiles.persistence.PeriodicTasks;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectVersion;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine with a connection and a store that do what a test wants, since no server can be made to at will. */
class DownloadTest {

    private static final Caller READER = readerOf("alpha", Role.READER);
    private static final DownloadSubject NAME = new DownloadSubject(
            "transfer 1", Optional.of(READER), Set.of(new Scope.OfOrganisation("alpha", Optional.empty())));

    private static final int BUFFER = 8192;

    private final byte[] content = randomBytes(300_000);
    private final ScriptedStore store = new ScriptedStore(content);
    private DownloadEngine engine;
    private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        startAnew(2, Duration.ofSeconds(60), Duration.ofSeconds(60));
    }

    private void restart(Duration grace, Duration idleTimeout) {
        engine.stop();
        startAnew(2, grace, idleTimeout);
    }

    private void startAnew(int streams, Duration grace, Duration idleTimeout) {
        engine = new DownloadEngine(new DownloadSettings(
                1 << 20, BUFFER, 4, streams, Duration.ofSeconds(5), grace, idleTimeout, Duration.ofSeconds(3)));
        engine.start(Executors.defaultThreadFactory());
    }

    @AfterEach
    void stop() {
        engine.stop();
        assertThat(store.open).as("streams left open").hasValue(0);
        assertThat(engine.slots().free())
                .as("slots")
                .isEqualTo(engine.settings().storeStreams());
        assertThat(engine.budget().reserved())
                .as("memory besides the threads' buffers")
                .isEqualTo(4 * BUFFER);
    }

    @Test
    void aReaderWhoTakesEverythingGetsEverything() throws Exception {
        Connection connection = begin(Body.of(ByteRange.whole(content.length)));
        assertThat(ending()).isEqualTo("COMPLETE 300000");
        assertThat(connection.received()).isEqualTo(content);
        assertThat(store.opened).containsExactly(ByteRange.whole(content.length));
    }

    @Test
    void aSlowReaderGetsEverythingToo() throws Exception {
        Connection connection = new Connection(20_000);
        begin(Body.of(ByteRange.whole(content.length)), connection);
        while (endings.isEmpty()) {
            Thread.sleep(5);
            connection.drain();
        }
        assertThat(ending()).isEqualTo("COMPLETE 300000");
        assertThat(connection.received()).isEqualTo(content);
    }

    @Test
    void partsAndTheirFramingComeInOrder() throws Exception {
        Representation file = new Representation(content.length, "0".repeat(64), Instant.EPOCH, "text/csv", "q3.csv");
        Body body = Body.multipart(List.of(new ByteRange(200_000, 50_000), new ByteRange(5, 10)), file);
        Connection connection = begin(body);
        assertThat(ending()).isEqualTo("COMPLETE " + body.length());
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (Body.Segment segment : body.segments()) {
            if (segment instanceof Body.Framing framing) {
                expected.writeBytes(Body.bytes(framing));
            } else if (segment instanceof Body.Content part) {
                ByteRange range = part.range();
                expected.writeBytes(Arrays.copyOfRange(content, (int) range.offset(), (int) range.end()));
            }
        }
        assertThat(connection.received()).isEqualTo(expected.toByteArray());
    }

    @Test
    void aBrokenStreamIsOpenedAgainAtTheNextByte() throws Exception {
        store.breaks.addAll(List.of(100_001, -1, 50_000));
        Connection connection = begin(Body.of(ByteRange.whole(content.length)));
        assertThat(ending()).isEqualTo("COMPLETE 300000");
        assertThat(connection.received()).isEqualTo(content);
        assertThat(store.opened)
                .containsExactly(
                        ByteRange.whole(content.length),
                        new ByteRange(100_001, 199_999),
                        new ByteRange(100_001, 199_999),
                        new ByteRange(150_001, 149_999));
    }

    @Test
    void aStoreThatStaysAwayBreaksTheConnection() throws Exception {
        store.breaks.add(100_000);
        for (int i = 0; i < 100; i++) {
            store.breaks.add(-1);
        }
        Connection connection = begin(Body.of(ByteRange.whole(content.length)));
        assertThat(ending()).isEqualTo("STORAGE_FAILED 100000");
        assertThat(connection.received()).isEqualTo(Arrays.copyOf(content, 100_000));
    }

    @Test
    void theLastBytesOfADamagedFileAreHeldBack() throws Exception {
        StoredFile recorded = stored(content);
        content[7] ^= 1; // the store has the very array
        Connection connection = new Connection(Integer.MAX_VALUE);
        begin(Body.of(ByteRange.whole(content.length)), connection, recorded);
        assertThat(ending()).startsWith("INTEGRITY_FAILED ");
        assertThat(connection.received()).hasSizeLessThan(content.length);
    }

    @Test
    void aReaderWhoLeavesEndsTheDownload() throws Exception {
        Connection connection = new Connection(20_000);
        Download download = begin(Body.of(ByteRange.whole(content.length)), connection);
        connection.awaitFull();
        download.onError(new IOException("reset"));
        assertThat(ending()).startsWith("CLIENT_GONE ");
    }

    @Test
    void aReaderWhoTakesNothingIsLeftInTheEnd() throws Exception {
        restart(Duration.ofMillis(100), Duration.ofSeconds(1));
        Connection connection = new Connection(20_000);
        begin(Body.of(ByteRange.whole(content.length)), connection);
        assertThat(ending()).startsWith("CLIENT_GONE ");
    }

    @Test
    void anIdleReaderLosesItsStreamButNotItsPlace() throws Exception {
        restart(Duration.ofMillis(50), Duration.ofSeconds(60));
        Connection connection = new Connection(20_000);
        begin(Body.of(ByteRange.whole(content.length)), connection);
        connection.awaitFull();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (store.open.get() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(store.open).hasValue(0);
        connection.limit(Integer.MAX_VALUE);
        assertThat(ending()).isEqualTo("COMPLETE 300000");
        assertThat(connection.received()).isEqualTo(content);
        assertThat(store.opened).hasSizeGreaterThan(3);
        assertThat(store.opened.get(1).length()).as("about what it took before").isLessThan(50_000);
        assertThat(store.opened.get(2).length())
                .as("a little more, which may be enough")
                .isLessThan(store.opened.get(1).length());
        assertThat(store.opened.get(3).length())
                .as("twice as much, since it takes that")
                .isEqualTo(2 * store.opened.get(2).length());
    }

    @Test
    void slowReaderLeavesItsStreamToOthersByItself() throws Exception {
        engine.stop();
        startAnew(4, Duration.ofSeconds(60), Duration.ofSeconds(60));
        for (int i = 0; i < 3; i++) {
            assertThat(engine.slots().takeSpare()).isTrue();
        }
        Connection connection = new Connection(20_000);
        begin(Body.of(ByteRange.whole(content.length)), connection);
        for (int i = 0; i < 3; i++) {
            connection.awaitFull();
            Thread.sleep(ReaderPolicy.LATE.toMillis() + 100);
            assertThat(store.open).as("after %d pauses", i).hasValue(1);
            connection.drain();
        }
        connection.awaitFull();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (store.open.get() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(store.open).hasValue(0);

        for (int i = 0; i < 3; i++) {
            engine.slots().releaseSpare();
        }
        connection.limit(Integer.MAX_VALUE);
        assertThat(ending()).isEqualTo("COMPLETE 300000");
        assertThat(connection.received()).isEqualTo(content);
    }

    @Test
    void idleReadersMakeRoomForThoseWhoRead() throws Exception {
        Connection stalled1 = new Connection(20_000);
        Connection stalled2 = new Connection(20_000);
        begin(Body.of(ByteRange.whole(content.length)), stalled1);
        begin(Body.of(ByteRange.whole(content.length)), stalled2);
        stalled1.awaitFull();
        stalled2.awaitFull();
        Connection healthy = begin(Body.of(ByteRange.whole(content.length)));
        assertThat(ending()).isEqualTo("COMPLETE 300000");
        assertThat(healthy.received()).isEqualTo(content);
        stalled1.limit(Integer.MAX_VALUE);
        assertThat(ending()).isEqualTo("COMPLETE 300000");
        stalled2.limit(Integer.MAX_VALUE);
        assertThat(ending()).isEqualTo("COMPLETE 300000");
        assertThat(stalled1.received()).isEqualTo(content);
        assertThat(stalled2.received()).isEqualTo(content);
    }

    @Test
    void whatIsPendingForAReaderIsItsShareAtMost() throws Exception {
        Connection connection = new Connection(20_000);
        begin(Body.of(ByteRange.whole(content.length)), connection);
        connection.awaitFull();
        assertThat(connection.pendingBytes()).isBetween(1, ReaderPolicy.LEAST_BYTES);
        assertThat(engine.budget().reserved()).isEqualTo(4 * BUFFER + ReaderPolicy.LEAST_BYTES);
        connection.limit(Integer.MAX_VALUE);
        assertThat(ending()).isEqualTo("COMPLETE 300000");
    }

    @Test
    void whatTheServerStillKeepsWasNotDelivered() throws Exception {
        restart(Duration.ofMillis(100), Duration.ofSeconds(1));
        begin(Body.of(ByteRange.whole(content.length)), new Connection(content.length - 1));
        assertThat(ending()).isEqualTo("CLIENT_GONE " + (content.length - 1));
    }

    @Test
    void aBodyThatWasReadIsWrittenWithoutTheStore() throws Exception {
        Connection connection = new Connection(Integer.MAX_VALUE);
        byte[] body = Arrays.copyOf(content, BUFFER);
        beginRead(connection, body, false);
        assertThat(ending()).isEqualTo("COMPLETE " + BUFFER);
        assertThat(connection.received()).isEqualTo(body);
        assertThat(store.opened).isEmpty();
    }

    @Test
    void aBodyThatWasWrittenIsOverWhenItWasTaken() throws Exception {
        Connection connection = new Connection(Integer.MAX_VALUE);
        beginRead(connection, Arrays.copyOf(content, BUFFER), true);
        assertThat(ending()).isEqualTo("COMPLETE " + BUFFER);
        assertThat(connection.received()).as("not written again").isEmpty();
    }

    private void beginRead(Connection connection, byte[] body, boolean written) {
        assertThat(engine.budget().awaitReserved(body.length, Duration.ofSeconds(5)))
                .isTrue();
        Download download = new Download(
                engine,
                new BodyReader(Body.EMPTY, List.of(), any -> ReadAhead.off()),
                connection,
                connection,
                BufferShare.rest(engine.budget(), body.length),
                new Noting(),
                NAME);
        download.startWith(body, written);
        engine.enter(download);
        connection.setWriteListener(download);
    }

    @Test
    void downloadIsEndedWhenItsReaderMayNotReadAnyMore() throws Exception {
        Connection connection = new Connection(20_000);
        begin(Body.of(ByteRange.whole(content.length)), connection);
        connection.awaitFull();
        for (Caller stillMay : List.of(READER, readerOf("alpha", Role.ANALYST), readerOf("beta", Role.ADMINISTRATOR))) {
            new Revocations(new PeriodicTasks(), engine, nowIs(stillMay)).endRevoked();
        }
        assertThat(engine.underWay()).containsExactly(NAME);

        new Revocations(new PeriodicTasks(), engine, nowIs(readerOf("beta", Role.READER))).endRevoked();
        assertThat(ending()).isEqualTo("REVOKED 20000");
        assertThat(endings).isEmpty();
    }

    @Test
    void downloadOfADeactivatedAccountIsEnded() throws Exception {
        Connection connection = new Connection(20_000);
        begin(Body.of(ByteRange.whole(content.length)), connection);
        connection.awaitFull();
        Caller deactivated = READER.in(AccountState.DEACTIVATED);
        new Revocations(new PeriodicTasks(), engine, nowIs(deactivated)).endRevoked();
        assertThat(ending()).isEqualTo("REVOKED 20000");
    }

    private static Callers nowIs(Caller caller) {
        return new Callers() {
            @Override
            public Map<UUID, Caller> find(Collection<UUID> ids) {
                return Map.of(READER.accountId(), caller);
            }

            @Override
            public Set<UUID> usableTokens(Collection<UUID> ids) {
                return Set.of();
            }

            @Override
            public Optional<Caller> find(String nameOrId) {
                return Optional.empty();
            }
        };
    }

    private static Caller readerOf(String organisation, Role role) {
        return new Caller(new UUID(0, 2), "reader", Set.of(role), Optional.of(organisation), Optional.empty());
    }

    @Test
    void whatIsUnderWayWhenTheApplicationStopsIsBroken() throws Exception {
        Connection connection = new Connection(20_000);
        begin(Body.of(ByteRange.whole(content.length)), connection);
        connection.awaitFull();
        engine.stop();
        assertThat(ending()).startsWith("INTERRUPTED ");
    }

    private Connection begin(Body body) throws Exception {
        Connection connection = new Connection(Integer.MAX_VALUE);
        begin(body, connection);
        return connection;
    }

    private Download begin(Body body, Connection connection) throws Exception {
        return begin(body, connection, stored(content));
    }

    private Download begin(Body body, Connection connection, StoredFile file) throws Exception {
        assertThat(engine.budget().awaitReserved(ReaderPolicy.LEAST_BYTES, Duration.ofSeconds(5)))
                .isTrue();
        assertThat(engine.slots().takeWithin(Duration.ofSeconds(5))).isPresent();
        BodyReader reader = new BodyReader(body, List.of(new StoredContent(store, file)), any -> ReadAhead.off());
        reader.openFirst();
        Download download = new Download(
                engine, reader, connection, connection, BufferShare.begin(engine.budget(), BUFFER), new Noting(), NAME);
        engine.enter(download);
        connection.setWriteListener(download);
        return download;
    }

    private String ending() throws InterruptedException {
        return Optional.ofNullable(endings.poll(20, TimeUnit.SECONDS)).orElse("nothing");
    }

    private final class Noting implements Ending {
        @Override
        public void complete(long sentBytes) {
            endings.add("COMPLETE " + sentBytes);
        }

        @Override
        public void broken(TransferOutcome outcome, long sentBytes) {
            endings.add(outcome + " " + sentBytes);
        }
    }

    static StoredFile stored(byte[] bytes) throws NoSuchAlgorithmException {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        CRC32 zipCrc = new CRC32();
        zipCrc.update(bytes);
        return new StoredFile(
                new ObjectVersion("bucket", new ObjectKey("key"), Optional.of("v1"), "etag"),
                bytes.length,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
                Base64.getEncoder()
                        .encodeToString(ByteBuffer.allocate(4)
                                .putInt((int) crc.getValue())
                                .array()),
                HexFormat.of().toHexDigits((int) zipCrc.getValue()),
                Optional.empty());
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    /**
     * A connection of which the system takes so many bytes until it is drained, while the rest is pending in the server;
     * it keeps to the rules of the Servlet API.
     */
    private static final class Connection extends ServletOutputStream implements ReaderConnection {
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private int limit;
        private int queued;
        private int mostPending = Integer.MAX_VALUE;
        private boolean owesCall;
        private WriteListener listener;

        Connection(int limit) {
            this.limit = limit;
        }

        @Override
        public synchronized boolean isReady() {
            assertThat(owesCall).as("asked again before called back").isFalse();
            owesCall = queued > limit && pendingBytes() >= mostPending;
            return !owesCall;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            assertThat(owesCall).as("written though not ready").isFalse();
            assertThat(length).as("one write").isLessThanOrEqualTo(BUFFER);
            all.write(bytes, offset, length);
            queued += length;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            this.listener = listener;
            call();
        }

        @Override
        public void breakOff() {
            // The ending is what is looked at.
        }

        @Override
        public synchronized int pendingBytes() {
            return Math.max(0, queued - limit);
        }

        @Override
        public synchronized void limitPending(int bytes) {
            mostPending = bytes;
        }

        @Override
        public boolean hasRoom(int bytes, Runnable room) {
            return true;
        }

        @Override
        public boolean takesAtOnce(int bytes) {
            return false;
        }

        @Override
        public void restore() {
            // Nobody uses it again.
        }

        void drain() {
            boolean calls;
            synchronized (this) {
                queued = 0;
                calls = owesCall;
                owesCall = false;
            }
            if (calls) {
                call();
            }
        }

        void limit(int bytes) {
            synchronized (this) {
                limit = bytes;
            }
            drain();
        }

        private void call() {
            try {
                listener.onWritePossible();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        synchronized byte[] received() {
            return all.toByteArray();
        }

        void awaitFull() throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (System.nanoTime() < deadline) {
                synchronized (this) {
                    if (owesCall) {
                        return;
                    }
                }
                Thread.sleep(5);
            }
            throw new AssertionError("the connection never was full");
        }
    }
}
