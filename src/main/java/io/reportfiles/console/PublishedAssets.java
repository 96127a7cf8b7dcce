package io.reportfiles.console;

import io.reportfiles.config.ConsoleSettings;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.PublishedObjects;
import io.reportfiles.storage.StoredObject;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The same files in the bucket, where that is configured: each published once, by whichever node comes first, and read by
 * the version that was seen to have the right bytes. Any number of threads may call.
 */
@ApplicationScoped
public class PublishedAssets {

    private static final Logger LOG = System.getLogger(PublishedAssets.class.getName());

    /** So that a page of thirty files does not wait for a store that is away thirty times. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String COMPRESSED = ".gz";

    private Assets assets;
    private ConsoleSettings settings;
    private PublishedObjects objects;
    private ObjectStore store;
    private ObjectKeys keys;
    private Clock clock;

    @Resource
    private ManagedExecutorService workers;

    private final AtomicBoolean publishing = new AtomicBoolean();
    private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.MIN);
    private volatile Map<ObjectKey, StoredObject> published = Map.of();

    /** For the client proxy. */
    protected PublishedAssets() {}

    @Inject
    PublishedAssets(
            Assets assets,
            ConsoleSettings settings,
            PublishedObjects objects,
            ObjectStore store,
            ObjectKeys keys,
            Clock clock) {
        this.assets = assets;
        this.settings = settings;
        this.objects = objects;
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /** After the bucket was created, where that is wanted. */
    void start(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION + 1000)
                    Object event) {
        if (settings.publishAssets()) {
            publishBy(workers);
        }
    }

    /** Has everything published, unless that is being done. */
    void publishBy(Executor executor) {
        if (!publishing.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::publish);
        } catch (RejectedExecutionException e) {
            publishing.set(false); // another request comes
        }
    }

    private void publish() {
        Map<ObjectKey, StoredObject> stored = new HashMap<>();
        try {
            for (Map.Entry<String, Asset> file : assets.all().entrySet()) {
                Asset asset = file.getValue();
                ObjectKey plain = keys.ofAsset(assets.hash(), file.getKey());
                ObjectKey compressed = keys.ofAsset(assets.hash(), file.getKey() + COMPRESSED);
                stored.put(plain, objects.publish(plain, asset.plain(), asset.type()));
                stored.put(compressed, objects.publish(compressed, asset.compressed(), "application/gzip"));
            }
            published = Map.copyOf(stored);
            LOG.log(Level.INFO, "{0} objects of the console are served from the bucket", stored.size());
        } catch (ObjectStoreException | RuntimeException failure) {
            waitAWhile(failure);
        } finally {
            publishing.set(false);
        }
    }

    /** The bytes of a file as the bucket has them; empty where they are to be taken from the application itself. */
    Optional<byte[]> read(String path, boolean compressed) {
        if (!settings.publishAssets() || clock.instant().isBefore(notBefore.get())) {
            return Optional.empty();
        }
        StoredObject object = published.get(keys.ofAsset(assets.hash(), compressed ? path + COMPRESSED : path));
        if (object == null) {
            publishBy(workers);
            return Optional.empty();
        }
        // As the engine does with what fits into one buffer: all of it before anything is promised.
        try (ObjectContent content = store.open(object.version(), ByteRange.whole(object.size()))) {
            return Optional.of(content.readAllBytes());
        } catch (IOException | RuntimeException failure) {
            waitAWhile(failure);
            return Optional.empty();
        }
    }

    private void waitAWhile(Exception failure) {
        notBefore.set(clock.instant().plus(PATIENCE));
        LOG.log(
                Level.WARNING,
                "the console is served from the application itself for a while: {0}",
                failure.toString());
    }
}
