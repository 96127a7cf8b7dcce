package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.config.ConsoleSettings;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ContentSource;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.StoreUnavailableException;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes from the bucket, and when the application itself has to do; a browser can't tell. */
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
        assertThat(find()).as("published now").isEmpty();
        assertThat(read()).isEqualTo(SCRIPT);
        byte[] compressed = readAll(findBy(AT_ONCE, asset().compressed()).orElseThrow());
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
    void sourceSaysWhatTheEngineVerifies() {
        published.publishBy(AT_ONCE);
        ContentSource source = find().orElseThrow();
        assertThat(source.size()).isEqualTo(SCRIPT.length);
        assertThat(source.crc32c()).isEqualTo(asset().plain().crc32c());
        assertThat(source).hasToString(plainKey().toString());
    }

    @Test
    void storeThatFailsIsLeftAloneForAWhile() throws IOException {
        published.publishBy(AT_ONCE);
        store.fail = true;
        assertThatThrownBy(this::read).isInstanceOf(StoreUnavailableException.class);
        store.fail = false;
        assertThat(find()).isEmpty();
        assertThat(store.opened).hasValue(1);
        clock.advance(A_WHILE);
        assertThat(read()).isEqualTo(SCRIPT);
    }

    @Test
    void readerUnderWayGoesOnWithTheApplicationsOwnCopy() throws IOException {
        published.publishBy(AT_ONCE);
        ContentSource source = find().orElseThrow();
        store.fail = true;
        ByteRange rest = new ByteRange(7, SCRIPT.length - 7);
        assertThatThrownBy(() -> source.open(rest)).isInstanceOf(StoreUnavailableException.class);
        try (ObjectContent content = source.open(rest)) {
            assertThat(content.readAllBytes()).isEqualTo(Arrays.copyOfRange(SCRIPT, 7, SCRIPT.length));
        }
        assertThat(store.opened).hasValue(1);
    }

    @Test
    void whatTheEngineFoundDamagedIsLeftAloneForAWhile() {
        published.publishBy(AT_ONCE);
        published.leaveAlone();
        assertThat(find()).isEmpty();
        clock.advance(A_WHILE);
        assertThat(find()).isPresent();
    }

    @Test
    void whatWentMissingIsPublishedAgain() throws IOException {
        published.publishBy(AT_ONCE);
        store.objects.clear();
        assertThatThrownBy(this::read).isInstanceOf(ObjectMissingException.class);
        clock.advance(A_WHILE);
        assertThat(find()).as("published now").isEmpty();
        assertThat(read()).isEqualTo(SCRIPT);
    }

    @Test
    void keyWithOtherBytesIsNotServedFromAndTheOthersAre() {
        store.objects.put(plainKey(), "something else".getBytes(StandardCharsets.UTF_8));
        published.publishBy(AT_ONCE);
        assertThat(find()).isEmpty();
        assertThat(findBy(AT_ONCE, asset().compressed())).isPresent();
        assertThat(store.published).as("not tried with each request").hasValue(2);
    }

    @Test
    void whatWasOverwrittenIsNotServed() {
        published.publishBy(AT_ONCE);
        store.objects.put(plainKey(), "something else".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::read).isInstanceOf(ObjectChangedException.class);
        clock.advance(A_WHILE);
        assertThat(find()).isEmpty();
        assertThat(find()).isEmpty();
        assertThat(findBy(AT_ONCE, asset().compressed())).isPresent();
    }

    @Test
    void storeThatSaysNothingHoldsUpNobodyForLongAndFewThreads() throws Exception {
        ExecutorService workers = Executors.newCachedThreadPool();
        ExecutorService browsers = Executors.newFixedThreadPool(6);
        publishBy(workers);
        ContentSource source = findBy(workers, asset().plain()).orElseThrow();
        store.hang();
        try {
            List<Future<ObjectContent>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(browsers.submit(() -> source.open(ByteRange.whole(SCRIPT.length))));
            }
            for (Future<ObjectContent> answer : answers) {
                assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(StoreUnavailableException.class);
            }
            assertThat(store.opened).hasValue(4);
            clock.advance(A_WHILE);
            assertThatThrownBy(() -> readAll(source))
                    .as("while four are under way")
                    .hasMessageContaining("others wait");
            assertThat(store.opened).hasValue(4);
        } finally {
            store.goOn();
            browsers.shutdown();
            workers.shutdown();
        }
        assertThat(workers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(store.open).as("came too late, and was closed").hasValue(0);
    }

    private void publishBy(ExecutorService workers) throws Exception {
        published.publishBy(workers);
        for (int i = 0; i < 500 && store.published.get() < 2; i++) {
            Thread.sleep(10);
        }
        workers.submit(() -> {}).get();
    }

    @Test
    void serverWithoutThreadsCostsNoTurn() throws IOException {
        AtomicBoolean full = new AtomicBoolean();
        published.publishBy(task -> {
            if (full.get()) {
                throw new RejectedExecutionException(task.toString());
            }
            task.run();
        });
        full.set(true);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(this::read).hasMessageContaining("no thread is free");
        }
        full.set(false);
        assertThat(read()).isEqualTo(SCRIPT);
    }

    private Asset asset() {
        return assets.find(PATH).orElseThrow();
    }

    private Optional<ContentSource> find() {
        return findBy(AT_ONCE, asset().plain());
    }

    private Optional<ContentSource> findBy(Executor executor, Asset.Copy copy) {
        return published.findBy(executor, copy);
    }

    private byte[] read() throws IOException {
        return readAll(find().orElseThrow());
    }

    private static byte[] readAll(ContentSource source) throws IOException {
        try (ObjectContent content = source.open(ByteRange.whole(source.size()))) {
            return content.readAllBytes();
        }
    }

    private ObjectKey plainKey() {
        return keys.ofAsset(assets.hash(), PATH);
    }

    private ObjectKey compressedKey() {
        return keys.ofAsset(assets.hash(), PATH + "." + asset().compressed().hash() + ".gz");
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
