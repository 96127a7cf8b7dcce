package io.reportfiles.console;

import io.reportfiles.config.ConsoleSettings;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ContentSource;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.PublishedObjects;
import io.reportfiles.storage.StoreUnavailableException;
import io.reportfiles.storage.StoredObject;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
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

    /** So that a store that says nothing does not use up the server's threads. */
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
    private final Semaphore openings = new Semaphore(AT_ONCE);

    /** By the SHA-256 of their bytes; empty until they are published. */
    private volatile Map<String, Published> published = Map.of();

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
            executor.execute(() -> publish(executor));
        } catch (RejectedExecutionException e) {
            publishing.set(false); // another request comes
        }
    }

    private void publish(Executor executor) {
        Map<String, Published> stored = new HashMap<>();
        try {
            for (Map.Entry<String, Asset> file : assets.all().entrySet()) {
                Asset.Copy plain = file.getValue().plain();
                publish(file.getKey(), plain, file.getValue().type())
                        .ifPresent(object -> stored.put(plain.sha256(), new Published(object, plain, executor)));
                // Another Java may compress to other bytes, and the hash of all is that of the plain ones.
                Asset.Copy gzip = file.getValue().compressed();
                publish(file.getKey() + "." + gzip.hash() + COMPRESSED, gzip, "application/gzip")
                        .ifPresent(object -> stored.put(gzip.sha256(), new Published(object, gzip, executor)));
            }
            published = Map.copyOf(stored);
            LOG.log(Level.INFO, "{0} objects of the console are served from the bucket", stored.size());
            if (stored.isEmpty()) {
                leaveAlone("something else is under every key");
            }
        } catch (ObjectStoreException | RuntimeException failure) {
            leaveAlone(failure);
        } finally {
            publishing.set(false);
        }
    }

    /** Empty where something else is under the key: the application itself has that one. */
    private Optional<StoredObject> publish(String name, Asset.Copy copy, String type) throws ObjectStoreException {
        try {
            return Optional.of(objects.publish(keys.ofAsset(assets.hash(), name), copy.bytes(), type));
        } catch (ObjectChangedException other) {
            LOG.log(Level.WARNING, "not served from the bucket: {0}", other.getMessage());
            return Optional.empty();
        }
    }

    /** Where the bucket has the same bytes; empty where they are to be taken from the application itself. */
    Optional<ContentSource> find(Asset.Copy copy) {
        return findBy(workers, copy);
    }

    /** The same with the executor that publishes and opens, which may take longer than a request waits. */
    Optional<ContentSource> findBy(Executor executor, Asset.Copy copy) {
        if (!settings.publishAssets() || isLeftAlone()) {
            return Optional.empty();
        }
        Map<String, Published> known = published;
        if (known.isEmpty()) {
            publishBy(executor);
        }
        return Optional.ofNullable(known.get(copy.sha256()));
    }

    private boolean isLeftAlone() {
        return clock.instant().isBefore(notBefore.get());
    }

    /** To be called when the bucket did not have what it should. */
    void leaveAlone() {
        leaveAlone("what the bucket has could not be read");
    }

    private void leaveAlone(Object reason) {
        notBefore.set(clock.instant().plus(PATIENCE));
        LOG.log(Level.WARNING, "the console is served from the application itself for a while: {0}", reason);
    }

    /** One of them in the bucket. */
    private final class Published implements ContentSource {

        private final StoredObject object;
        private final Asset.Copy copy;
        private final Executor executor;

        Published(StoredObject object, Asset.Copy copy, Executor executor) {
            this.object = object;
            this.copy = copy;
            this.executor = executor;
        }

        @Override
        public long size() {
            return object.size();
        }

        @Override
        public String crc32c() {
            return copy.crc32c();
        }

        @Override
        public ObjectContent open(ByteRange part) throws ObjectStoreException {
            if (isLeftAlone()) { // since it was found; they are the same bytes
                return new OwnContent(copy.bytes(), part);
            }
            CompletableFuture<ObjectContent> opening = begin(part);
            try {
                return opening.get(MOST_WAITED.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException failed) {
                throw noted(failed.getCause());
            } catch (TimeoutException stalled) {
                leaveAlone("it said nothing for " + MOST_WAITED);
                var unused = opening.thenAccept(ObjectContent::close);
                throw new StoreUnavailableException(this + ": no answer for " + MOST_WAITED);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                var unused = opening.thenAccept(ObjectContent::close);
                throw new StoreUnavailableException(this + ": the application stops");
            }
        }

        private CompletableFuture<ObjectContent> begin(ByteRange part) throws StoreUnavailableException {
            if (!openings.tryAcquire()) {
                throw new StoreUnavailableException(this + ": others wait for an answer");
            }
            CompletableFuture<ObjectContent> opening = new CompletableFuture<>();
            try {
                executor.execute(() -> complete(opening, part));
                return opening;
            } catch (RejectedExecutionException e) {
                openings.release(); // nobody else will
                throw new StoreUnavailableException(this + ": no thread is free");
            }
        }

        private void complete(CompletableFuture<ObjectContent> opening, ByteRange part) {
            try {
                opening.complete(store.open(object.version(), part));
            } catch (ObjectStoreException | RuntimeException failure) {
                opening.completeExceptionally(failure);
            } finally {
                openings.release();
            }
        }

        private ObjectStoreException noted(Throwable failure) {
            leaveAlone(failure);
            if (failure instanceof ObjectMissingException || failure instanceof ObjectChangedException) {
                published = Map.of(); // so that it is stored again
            }
            return failure instanceof ObjectStoreException known
                    ? known
                    : new StoreUnavailableException(this + ": " + failure);
        }

        @Override
        public String toString() {
            return object.version().key().toString();
        }
    }
}
