package io.reportfiles.console;

import io.reportfiles.config.ConsoleSettings;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectMissingException;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    /** A store that answers takes milliseconds; of one that does not, the application itself has the same. */
    private static final Duration MOST_WAITED = Duration.ofSeconds(2);

    /** So that those who are not signed in cannot use up the connections that downloads need. */
    private static final int AT_ONCE = 4;

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
    private final Semaphore reads = new Semaphore(AT_ONCE);

    /** By path, the compressed ones with {@value #COMPRESSED} behind it; empty until they are published. */
    private volatile Map<String, StoredObject> published = Map.of();

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
        Map<String, StoredObject> stored = new HashMap<>();
        try {
            for (Map.Entry<String, Asset> file : assets.all().entrySet()) {
                String path = file.getKey();
                Asset asset = file.getValue();
                publish(path, asset.plain(), asset.type()).ifPresent(object -> stored.put(path, object));
                // Another Java may compress to other bytes, and the hash of all is that of the plain ones.
                String name = path + "." + Assets.hashOf(asset.compressed()) + COMPRESSED;
                publish(name, asset.compressed(), "application/gzip")
                        .ifPresent(object -> stored.put(path + COMPRESSED, object));
            }
            published = Map.copyOf(stored);
            LOG.log(Level.INFO, "{0} objects of the console are served from the bucket", stored.size());
            if (stored.isEmpty()) {
                waitAWhile(new ObjectChangedException("something else is under every key"));
            }
        } catch (ObjectStoreException | RuntimeException failure) {
            waitAWhile(failure);
        } finally {
            publishing.set(false);
        }
    }

    /** Empty where something else is under the key: the application itself has that one. */
    private Optional<StoredObject> publish(String name, byte[] content, String type) throws ObjectStoreException {
        try {
            return Optional.of(objects.publish(keys.ofAsset(assets.hash(), name), content, type));
        } catch (ObjectChangedException other) {
            LOG.log(Level.WARNING, "not served from the bucket: {0}", other.getMessage());
            return Optional.empty();
        }
    }

    /** The bytes of a file as the bucket has them; empty where they are to be taken from the application itself. */
    Optional<byte[]> read(String path, boolean compressed) {
        return readBy(workers, path, compressed);
    }

    /** The same with the executor that reads, which may take longer than a request waits. */
    Optional<byte[]> readBy(Executor executor, String path, boolean compressed) {
        if (!settings.publishAssets() || clock.instant().isBefore(notBefore.get())) {
            return Optional.empty();
        }
        Map<String, StoredObject> known = published;
        if (known.isEmpty()) {
            publishBy(executor);
        }
        StoredObject object = known.get(compressed ? path + COMPRESSED : path);
        return object == null ? Optional.empty() : begin(object, executor).flatMap(this::await);
    }

    private Optional<FutureTask<byte[]>> begin(StoredObject object, Executor executor) {
        if (!reads.tryAcquire()) {
            return Optional.empty();
        }
        FutureTask<byte[]> reading = new FutureTask<>(() -> whole(object));
        try {
            executor.execute(() -> {
                try {
                    reading.run();
                } finally {
                    reads.release();
                }
            });
            return Optional.of(reading);
        } catch (RejectedExecutionException e) {
            reads.release(); // nobody else will
            return Optional.empty();
        }
    }

    /** As the engine does with what fits into one buffer: all of it before anything is promised. */
    private byte[] whole(StoredObject object) throws IOException {
        try (ObjectContent content = store.open(object.version(), ByteRange.whole(object.size()))) {
            return content.readAllBytes();
        } catch (ObjectMissingException | ObjectChangedException gone) {
            published = Map.of(); // so that it is stored again
            throw gone;
        }
    }

    private Optional<byte[]> await(FutureTask<byte[]> reading) {
        try {
            return Optional.of(reading.get(MOST_WAITED.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            waitAWhile(failed.getCause());
        } catch (TimeoutException stalled) {
            reading.cancel(false); // in case that it has not begun
            waitAWhile(stalled);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private void waitAWhile(Throwable failure) {
        notBefore.set(clock.instant().plus(PATIENCE));
        LOG.log(
                Level.WARNING,
                "the console is served from the application itself for a while: {0}",
                failure.toString());
    }
}
