package io.reportfiles.download.engine;

import io.reportfiles.config.ReadAheadSettings;
import io.reportfiles.download.engine.BufferBudget.Claim;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ContentSource;
import io.reportfiles.storage.ObjectStoreException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Fetches chunks ahead of readers. Each takes memory from the one {@link BufferBudget}, a connection from the
 * {@link StreamSlots} and one of a bounded number of threads, all of them only where they are free at once: reading ahead
 * waits for nobody, and nobody for it but for as long as it takes to notice. Thread-safe.
 */
@ApplicationScoped
public class ReadAheads {

    private static final Logger LOG = System.getLogger(ReadAheads.class.getName());

    private ReadAheadSettings settings;
    private DownloadEngine engine;

    @Resource
    private ManagedThreadFactory threadFactory;

    private ThreadPoolExecutor threads;

    /** For the client proxy. */
    protected ReadAheads() {}

    @Inject
    ReadAheads(ReadAheadSettings settings, DownloadEngine engine) {
        this.settings = settings;
        this.engine = engine;
    }

    @PostConstruct
    void start() {
        start(threadFactory);
    }

    /** Starts with threads of {@code threadFactory}, as many at most as move downloads on; the idle ones end. */
    void start(ThreadFactory threadFactory) {
        int most = engine.settings().affordableThreads();
        threads = new ThreadPoolExecutor(0, most, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), threadFactory);
    }

    /** Takes no more chunks; those under way end with the downloads that want them. */
    @PreDestroy
    void stop() {
        threads.shutdown();
    }

    /** For a download that begins. */
    public ReadAhead of(ContentSource file) {
        return new ReadAhead(settings.streams(), settings.chunkSize(), (range, claim) -> begin(file, range, claim));
    }

    private Optional<Chunk> begin(ContentSource file, ByteRange range, Claim claim) {
        if (!engine.budget().tryReserve(range.length(), claim)) {
            return Optional.empty();
        }
        if (engine.slots().takeSpare()) {
            Chunk chunk = new Chunk(range, () -> engine.budget().release(range.length()));
            try {
                threads.execute(() -> fetch(chunk, file));
                return Optional.of(chunk);
            } catch (RejectedExecutionException e) { // no thread is free, which is as good as no connection
                engine.slots().releaseSpare();
            }
        }
        engine.budget().release(range.length());
        return Optional.empty();
    }

    private void fetch(Chunk chunk, ContentSource file) {
        try {
            chunk.fetch(file, () -> !engine.slots().areScarce());
        } catch (ObjectStoreException e) {
            LOG.log(
                    Level.DEBUG,
                    () -> "%s is left to the download itself: %s".formatted(chunk.range(), e.getMessage()));
        } finally {
            engine.slots().releaseSpare();
        }
    }
}
