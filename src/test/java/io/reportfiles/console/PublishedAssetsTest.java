package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.config.ConsoleSettings;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectKeys;
import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read from the bucket, and when the application itself has to do; a browser can't tell. */
class PublishedAssetsTest {

    private static final String PATH = "console/app.js";
    private static final byte[] SCRIPT = "console.info('a script')".getBytes(StandardCharsets.UTF_8);
    private static final Duration A_WHILE = Duration.ofSeconds(31);
    private static final Executor AT_ONCE = Runnable::run;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T08:00:00Z"));
    private final ObjectKeys keys = new ObjectKeys("");
    private final AssetStore store = new AssetStore();
    private final Assets assets = new Assets(application());
    private final PublishedAssets published = new PublishedAssets(
            assets, new ConsoleSettings(Optional.empty(), Month.JANUARY, true), store, store, keys, clock);

    @BeforeEach
    void load() {
        assets.load();
    }

    @Test
    void areReadFromTheBucketOnceTheyArePublished() throws IOException {
        assertThat(read()).as("published now").isEmpty();
        assertThat(read()).contains(SCRIPT);
        byte[] compressed = published.readBy(AT_ONCE, PATH, true).orElseThrow();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
                .isEqualTo(SCRIPT);
        assertThat(store.opened).hasValue(2);
        assertThat(store.objects).containsOnlyKeys(plainKey(), compressedKey());
    }

    @Test
    void compressedBytesHaveTheirOwnHashInTheKey() {
        published.publishBy(AT_ONCE);
        assertThat(compressedKey().value())
                .matches("console-assets/[0-9a-f]{16}/console/app\\.js\\.[0-9a-f]{16}\\.gz")
                .doesNotContain(assets.hash() + ".gz");
        assertThat(store.objects).containsKey(compressedKey());
    }

    @Test
    void storeThatFailsIsLeftAloneForAWhile() {
        published.publishBy(AT_ONCE);
        store.fail = true;
        assertThat(read()).isEmpty();
        store.fail = false;
        assertThat(read()).isEmpty();
        assertThat(store.opened).hasValue(1);
        clock.advance(A_WHILE);
        assertThat(read()).contains(SCRIPT);
    }

    @Test
    void whatWentMissingIsPublishedAgain() {
        published.publishBy(AT_ONCE);
        store.objects.clear();
        assertThat(read()).isEmpty();
        clock.advance(A_WHILE);
        assertThat(read()).as("published now").isEmpty();
        assertThat(read()).contains(SCRIPT);
    }

    @Test
    void keyWithOtherBytesIsNotServedFromAndTheOthersAre() {
        store.objects.put(plainKey(), "something else".getBytes(StandardCharsets.UTF_8));
        published.publishBy(AT_ONCE);
        assertThat(read()).isEmpty();
        assertThat(published.readBy(AT_ONCE, PATH, true)).isPresent();
        assertThat(store.published).as("not tried with each request").hasValue(2);
    }

    @Test
    void whatWasOverwrittenIsNotServed() {
        published.publishBy(AT_ONCE);
        store.objects.put(plainKey(), "something else".getBytes(StandardCharsets.UTF_8));
        assertThat(read()).isEmpty();
        clock.advance(A_WHILE);
        assertThat(read()).isEmpty();
        assertThat(read()).isEmpty();
        assertThat(published.readBy(AT_ONCE, PATH, true)).isPresent();
    }

    @Test
    void storeThatSaysNothingHoldsUpNobodyForLongAndFewReadsAtATime() throws Exception {
        published.publishBy(AT_ONCE);
        ExecutorService workers = Executors.newCachedThreadPool();
        ExecutorService browsers = Executors.newFixedThreadPool(6);
        store.hang();
        try {
            List<Future<Optional<byte[]>>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(browsers.submit(() -> published.readBy(workers, PATH, false)));
            }
            for (Future<Optional<byte[]>> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isEmpty();
            }
            assertThat(store.opened).hasValue(4);
            clock.advance(A_WHILE);
            assertThat(read()).as("while four are under way").isEmpty();
            assertThat(store.opened).hasValue(4);
        } finally {
            store.goOn();
            browsers.shutdown();
            workers.shutdown();
        }
        assertThat(workers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(read()).contains(SCRIPT);
    }

    @Test
    void serverWithoutThreadsCostsNoTurn() {
        published.publishBy(AT_ONCE);
        for (int i = 0; i < 5; i++) {
            assertThat(published.readBy(PublishedAssetsTest::reject, PATH, false))
                    .isEmpty();
        }
        assertThat(read()).contains(SCRIPT);
    }

    private Optional<byte[]> read() {
        return published.readBy(AT_ONCE, PATH, false);
    }

    private ObjectKey plainKey() {
        return keys.ofAsset(assets.hash(), PATH);
    }

    private ObjectKey compressedKey() {
        byte[] compressed = assets.find(PATH).orElseThrow().compressed();
        return keys.ofAsset(assets.hash(), PATH + "." + Assets.hashOf(compressed) + ".gz");
    }

    private static void reject(Runnable task) {
        throw new RejectedExecutionException(task.toString());
    }

    private static ServletContext application() {
        return (ServletContext) Proxy.newProxyInstance(
                PublishedAssetsTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> resource(method.getName()));
    }

    private static Object resource(String method) {
        InputStream content = new ByteArrayInputStream(SCRIPT);
        return method.equals("getResourcePaths") ? Set.of(Assets.FOLDER + PATH) : content;
    }
}
