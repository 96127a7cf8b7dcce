package io.reportfiles.reconcile;

import io.reportfiles.config.ReconciliationSettings;
import io.reportfiles.reconcile.Reconciliations.Condition;
import io.reportfiles.storage.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Compares bucket and database, and removes what is in the bucket for nothing. Every step may be repeated, and may be
 * broken off at any instant. Any number of threads and nodes may ask for a run; one goes on at a time.
 */
@ApplicationScoped
class Reconciler {

    private static final Logger LOG = System.getLogger(Reconciler.class.getName());
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(5);

    private Reconciliations runs;
    private RowCheck rows;
    private BucketCheck bucket;
    private ReconciliationSettings settings;
    private Clock clock;

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

    /** Begins a run, to be {@linkplain #carryOut carried out}; empty if there must not be one now. */
    Optional<Run> begin(Mode mode, Condition condition) {
        Instant now = clock.instant();
        return runs.begin(mode, condition).map(id -> new Run(id, mode, now, now.minus(settings.safetyAge())));
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
        try {
            runs.end(run, failure, failure.isPresent() ? soon() : settings.interval());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the end of a comparison could not be noted", e);
        }
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

    private Duration soon() {
        return settings.interval().compareTo(AFTER_A_FAILURE) < 0 ? settings.interval() : AFTER_A_FAILURE;
    }

    private void progress(Run run) {
        if (!runs.progress(run)) {
            throw new IllegalStateException("Another node has taken over.");
        }
    }
}
