package io.reportfiles.reconcile;

import io.reportfiles.config.ReconciliationSettings;
import io.reportfiles.reconcile.Reconciliations.Condition;
import io.reportfiles.storage.ObjectStoreException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Compares bucket and database, and removes what is in the bucket for nothing. Every step may be repeated, and may be
 * broken off at any instant. Any number of threads and nodes may ask for a run; one goes on at a time.
 */
@ApplicationScoped
class Reconciler {

    private static final Logger LOG = System.getLogger(Reconciler.class.getName());
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(5);
    private static final Duration LAST_STEP = Duration.ofSeconds(5);

    private Reconciliations runs;
    private RowCheck rows;
    private BucketCheck bucket;
    private ReconciliationSettings settings;
    private Clock clock;
    private volatile boolean stopping;
    private volatile Future<?> latest = CompletableFuture.completedFuture(null);

    /**
     * A run that goes on.
     *
     * @param end is done when it has ended, however it did
     */
    record Started(UUID id, Future<?> end) {}

    /** For the client proxy. */
    protected Reconciler() {}

    @Inject
    Reconciler(Reconciliations runs, RowCheck rows, BucketCheck bucket, ReconciliationSettings settings, Clock clock) {
        this.runs = runs;
        this.rows = rows;
        this.bucket = bucket;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Begins a run, and has a thread of {@code executor} carry it out.
     *
     * @return empty if there must not be one now
     * @throws RejectedExecutionException if there is no thread for it; then it has ended already
     */
    Optional<Started> start(Mode mode, Condition condition, Executor executor) {
        return begin(mode, condition).map(run -> start(run, executor));
    }

    private Started start(Run run, Executor executor) {
        try {
            latest = CompletableFuture.runAsync(() -> carryOut(run), executor);
            return new Started(run.id(), latest);
        } catch (RejectedExecutionException e) {
            end(run, Optional.of("There was no thread for it."));
            throw e;
        }
    }

    /** Begins a run, to be {@linkplain #carryOut carried out}; empty if there must not be one now. */
    Optional<Run> begin(Mode mode, Condition condition) {
        Instant now = clock.instant();
        return runs.begin(mode, condition)
                .map(id -> new Run(id, mode, now, now.minus(settings.safetyAge()), runs.saveInterval()));
    }

    /** Carries out a run. Never throws: the run's row says how it ended, unless the database is away. */
    void carryOut(Run run) {
        Optional<String> failure = Optional.empty();
        try {
            rows.checkSubmissions(run, this::progress);
            bucket.checkUploads(run, this::progress);
            bucket.checkObjects(run, this::progress);
            rows.checkFiles(run, this::progress);
        } catch (ObjectStoreException | RuntimeException e) {
            LOG.log(Level.WARNING, "comparing bucket and database failed, will be tried again", e);
            failure = Optional.of(String.valueOf(e.getMessage()));
        }
        end(run, failure);
        Counts counts = run.counts();
        LOG.log(
                counts.findings() == 0 ? Level.INFO : Level.WARNING,
                () -> "compared %d objects, %d uploads and %d files: %d findings, %d removed"
                        .formatted(
                                counts.objects(),
                                counts.uploads(),
                                counts.files(),
                                counts.findings(),
                                counts.removed()));
    }

    private void end(Run run, Optional<String> failure) {
        try {
            runs.end(run, failure, failure.isPresent() ? soon() : settings.interval());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the end of a comparison could not be noted", e);
        }
    }

    private Duration soon() {
        return settings.interval().compareTo(AFTER_A_FAILURE) < 0 ? settings.interval() : AFTER_A_FAILURE;
    }

    /** Called after every step, so that neither a stop nor the renewal of the lease has to wait for many. */
    private void progress(Run run) {
        if (stopping) {
            throw new IllegalStateException("The application was stopped.");
        }
        if (run.isTimeToSave(clock.instant()) && !runs.progress(run)) {
            throw new IllegalStateException("Another node has taken over.");
        }
    }

    /** While all that a run works with is still there. */
    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class) Object event) {
        stop();
    }

    /** Breaks off what is under way, gives it time for the step that it is at, and has it give its lease back. */
    @PreDestroy
    void stop() {
        stopping = true;
        try {
            latest.get(LAST_STEP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.log(Level.WARNING, "a comparison of bucket and database does not end; its lease will run out");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CancellationException e) {
            LOG.log(Level.DEBUG, "how the last comparison ended", e);
        }
    }
}
