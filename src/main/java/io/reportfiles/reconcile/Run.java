package io.reportfiles.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A comparison while it goes on: what it may do, and what it has found that is not yet saved. For one thread. */
final class Run {

    /** Findings whose details are kept; further ones are counted. */
    static final int KEPT_FINDINGS = 10_000;

    private final UUID id;
    private final Mode mode;
    private final Instant now;
    private final Instant safeBefore;
    private final Duration saveInterval;
    private final List<Finding> unsaved = new ArrayList<>();
    private long objects;
    private long foreignObjects;
    private long uploads;
    private long files;
    private long findings;
    private long removed;
    private long savedFindings;
    private Instant savedAt;

    /**
     * Begins.
     *
     * @param safeBefore what came to the bucket later is left alone
     * @param saveInterval how long it may go on without being saved
     */
    Run(UUID id, Mode mode, Instant now, Instant safeBefore, Duration saveInterval) {
        this.id = id;
        this.mode = mode;
        this.now = now;
        this.safeBefore = safeBefore;
        this.saveInterval = saveInterval;
        savedAt = now;
    }

    UUID id() {
        return id;
    }

    Mode mode() {
        return mode;
    }

    /** When it began. */
    Instant now() {
        return now;
    }

    /** Whether what came to the bucket at that time may be removed. */
    boolean isOld(Instant since) {
        return since.isBefore(safeBefore);
    }

    void sawObjects(int count, int foreign) {
        objects += count;
        foreignObjects += foreign;
    }

    void sawUploads(int count) {
        uploads += count;
    }

    void sawFile() {
        files++;
    }

    void found(Finding finding) {
        if (findings < KEPT_FINDINGS) {
            unsaved.add(finding);
        }
        findings++;
        if (finding.action() == FindingAction.REMOVED) {
            removed++;
        }
    }

    Counts counts() {
        return new Counts(objects, foreignObjects, uploads, files, findings, removed);
    }

    /** Whether it has gone on for long enough since it was saved last. */
    boolean isTimeToSave(Instant time) {
        return !time.isBefore(savedAt.plus(saveInterval));
    }

    /** How many findings are saved. */
    long savedFindings() {
        return savedFindings;
    }

    /** What was found and is not yet {@linkplain #saved saved}. */
    List<Finding> unsaved() {
        return List.copyOf(unsaved);
    }

    /** The first {@code count} of what is {@linkplain #unsaved not saved} have been saved now. */
    void saved(int count, Instant time) {
        unsaved.subList(0, count).clear();
        savedFindings += count;
        savedAt = time;
    }
}
