package io.reportfiles.download.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.reportfiles.config.DownloadSettings;
import io.reportfiles.ledger.TransferOutcome;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What all downloads share: a bounded number of threads with a copy buffer each, the slots for connections to the store,
 * and a clock that looks after readers who take nothing. Thread-safe.
 */
@ApplicationScoped
public class DownloadEngine {

    private DownloadSettings settings;

    @Resource
    private ManagedThreadFactory threadFactory;

    @Inject
    private MeterRegistry meters;

    private final Set<Download> running = ConcurrentHashMap.newKeySet();
    private ThreadPoolExecutor threads;
    private ScheduledThreadPoolExecutor clock;
    private ThreadLocal<byte[]> buffers;
    private StreamSlots slots;
    private BufferBudget budget;

    /** For the client proxy. */
    protected DownloadEngine() {}

    @Inject
    DownloadEngine(DownloadSettings settings) {
        this.settings = settings;
    }

    @PostConstruct
    void start() {
        start(threadFactory);
        meters.gauge("reportfiles.download.active", running, Set::size);
        meters.gauge("reportfiles.download.store.streams.free", slots, StreamSlots::free);
        meters.gauge("reportfiles.download.buffer.reserved.bytes", budget, BufferBudget::reserved);
    }

    /** Starts with threads of {@code threadFactory}. */
    void start(ThreadFactory threadFactory) {
        int count = settings.affordableThreads();
        budget = new BufferBudget(settings.bufferBudget());
        budget.tryReserve(
                (long) count * settings.bufferSize(), BufferBudget.Claim.NEED); // a copy buffer for each thread
        threads = new ThreadPoolExecutor(count, count, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), threadFactory);
        threads.allowCoreThreadTimeOut(true);
        clock = new ScheduledThreadPoolExecutor(1, threadFactory);
        clock.setRemoveOnCancelPolicy(true);
        var unused = clock.scheduleWithFixedDelay(
                this::tick, ReaderPolicy.TICK.toMillis(), ReaderPolicy.TICK.toMillis(), TimeUnit.MILLISECONDS);
        buffers = ThreadLocal.withInitial(() -> new byte[settings.bufferSize()]);
        slots = new StreamSlots(settings.storeStreams());
    }

    /** Before the ledger is destroyed, which shall learn how far each got. */
    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class) Object event) {
        stop();
    }

    /**
     * Breaks off what is still running: a reader sees a broken connection and comes back for the rest. Once it has, it does
     * nothing.
     */
    @PreDestroy
    void stop() {
        clock.shutdownNow();
        running.forEach(download -> download.interrupt(TransferOutcome.INTERRUPTED));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        long now = System.nanoTime();
        running.forEach(download -> download.tick(now));
    }

    /** Whose downloads are under way. */
    public List<DownloadSubject> underWay() {
        return running.stream().map(Download::name).toList();
    }

    /** Breaks off the downloads whose readers may not have the file any more. */
    public void revoke(Predicate<DownloadSubject> affected) {
        running.stream()
                .filter(download -> affected.test(download.name()))
                .forEach(download -> download.interrupt(TransferOutcome.REVOKED));
    }

    /** Enters a download that is about to begin; if the application is stopping, it is broken off at once. */
    void enter(Download download) {
        running.add(download);
        if (threads.isShutdown()) {
            download.interrupt(TransferOutcome.INTERRUPTED);
        }
    }

    /** Removes a download that is over. */
    void forget(Download download) {
        running.remove(download);
    }

    /** Has one of the engine's threads run {@code slices}; if the application is stopping, the one that calls. */
    void execute(Runnable slices) {
        try {
            threads.execute(slices);
        } catch (RejectedExecutionException stopping) {
            slices.run(); // it finds itself interrupted
        }
    }

    /** Calls {@code wakeUp} after a pause. */
    void later(Runnable wakeUp, Duration pause) {
        var unused = clock.schedule(wakeUp, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The copy buffer of the engine's thread that calls. */
    byte[] buffer() {
        return buffers.get();
    }

    StreamSlots slots() {
        return slots;
    }

    /** What may be in flight; its bound holds for everything that downloads keep in memory. */
    BufferBudget budget() {
        return budget;
    }

    DownloadSettings settings() {
        return settings;
    }
}
