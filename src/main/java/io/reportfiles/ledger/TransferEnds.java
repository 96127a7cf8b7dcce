package io.reportfiles.ledger;

import io.reportfiles.persistence.CommitFailedException;
import io.reportfiles.persistence.DatabaseAway;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Ends of transfers that wait to be written down. Whoever adds one never waits for the database: what it can't take now
 * stays here, up to a bound. Safe for any number of threads.
 */
final class TransferEnds {

    private static final Logger LOG = System.getLogger(TransferEnds.class.getName());

    private static final int AT_ONCE = 1000;

    /** So much later a commit that nobody has heard of has come through, or never will. */
    private static final Duration COMMITS_SETTLE = Duration.ofMinutes(2);

    private final Consumer<List<TransferEnd>> transaction;
    private final BlockingQueue<TransferEnd> waiting;
    private final BlockingQueue<TransferEnd> unheard;
    private final Clock clock;

    private boolean failing; // guarded by this

    /**
     * Begins with none.
     *
     * @param transaction commits all of a list or nothing; called by one thread at a time
     * @param bound how many may wait
     */
    TransferEnds(Consumer<List<TransferEnd>> transaction, int bound, Clock clock) {
        this.transaction = transaction;
        this.waiting = new LinkedBlockingQueue<>(bound);
        this.unheard = new LinkedBlockingQueue<>(bound);
        this.clock = clock;
    }

    /** Takes an end, to be written down by the next {@link #write}. */
    void add(TransferEnd end) {
        if (!waiting.offer(end)) {
            lost(end, "too many wait for the database");
        }
    }

    /** As {@link #add}, for a row of whose commit nobody has heard: it may come later, and is ended then. */
    void addUnheard(TransferEnd end) {
        add(end);
        unheard.offer(end); // where there are too many, some stay open as long as their node lives
    }

    /** How many wait to be written down. */
    int waiting() {
        return waiting.size();
    }

    /**
     * Writes down what waits, in the order in which it came.
     *
     * @throws RuntimeException if the database is away: what is not written goes on waiting
     */
    void write() {
        if (!unheard.isEmpty()) {
            addSettled();
        }
        if (!waiting.isEmpty()) {
            writeAll();
        }
    }

    private synchronized void addSettled() {
        Instant settled = clock.instant().minus(COMMITS_SETTLE);
        while (!unheard.isEmpty() && unheard.element().endedAt().isBefore(settled)) {
            add(unheard.remove());
        }
    }

    private synchronized void writeAll() {
        while (!waiting.isEmpty()) {
            List<TransferEnd> group = new ArrayList<>();
            for (Iterator<TransferEnd> ends = waiting.iterator(); ends.hasNext() && group.size() < AT_ONCE; ) {
                group.add(ends.next());
            }
            commit(group);
            // Only now, so that what is written by another thread at this moment is waited for.
            group.forEach(end -> waiting.remove());
            if (failing) {
                failing = false;
                LOG.log(Level.INFO, "the database takes ends of transfers again");
            }
        }
    }

    private void commit(List<TransferEnd> group) {
        try {
            transaction.accept(group);
        } catch (RuntimeException e) {
            // Writing an end twice changes nothing, so what may have been committed is tried again as well.
            if (DatabaseAway.isCauseOf(e) || CommitFailedException.isUnknown(e)) {
                noteFailing(e);
                throw e;
            }
            if (group.size() == 1) {
                lost(group.get(0), e.toString());
            } else { // one of them is at fault: the others must not suffer for it
                group.forEach(end -> commit(List.of(end)));
            }
        }
    }

    private void noteFailing(RuntimeException reason) {
        if (!failing) {
            failing = true;
            LOG.log(
                    Level.WARNING,
                    () -> "%d ends of transfers wait for the database: %s".formatted(waiting.size(), reason));
        }
    }

    private static void lost(TransferEnd end, String reason) {
        LOG.log(
                Level.ERROR,
                () -> "transfer %s ended %s after %d bytes, which is lost to the ledger: %s"
                        .formatted(end.transfer(), end.outcome(), end.bytes(), reason));
    }
}
