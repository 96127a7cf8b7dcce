package io.reportfiles.signin;

import io.reportfiles.account.Accounts;
import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.persistence.PeriodicTasks;
import io.reportfiles.persistence.Transactions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Notes failed sign-ins in the audit. A stranger with many addresses could fill it, so each node writes at most
 * {@value #ROWS} rows a minute for names that nobody has, and as many for accounts; a row after the minute says how many
 * more there were. The two are counted apart, so that guesses at nobody's name hide none at an account. Any number of
 * threads may call at once.
 */
@ApplicationScoped
public class FailedSignIns {

    private static final Logger LOG = System.getLogger(FailedSignIns.class.getName());

    /** In one minute. */
    static final int ROWS = 100;

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Budget strangers = new Budget("for names that nobody has");
    private final Budget accounts = new Budget("for accounts");

    private PeriodicTasks tasks;
    private Transactions transactions;
    private AuditLog audit;
    private Clock clock;

    /** For the client proxy. */
    protected FailedSignIns() {}

    @Inject
    FailedSignIns(PeriodicTasks tasks, Transactions transactions, AuditLog audit, Clock clock) {
        this.tasks = tasks;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** The rows of one minute, and how many more there would have been. */
    private static final class Budget {
        private final String whose;
        private final List<Excess> ended = new ArrayList<>();
        private Instant minute = Instant.EPOCH;
        private int rows;

        Budget(String whose) {
            this.whose = whose;
        }

        /** Whether there is a row left in this minute. */
        synchronized boolean take(Instant now) {
            endBefore(now.truncatedTo(ChronoUnit.MINUTES));
            rows++;
            return rows <= ROWS;
        }

        private void endBefore(Instant next) {
            if (next.isAfter(minute)) {
                if (rows > ROWS) {
                    ended.add(new Excess(minute, rows - ROWS, whose));
                }
                minute = next;
                rows = 0;
            }
        }

        /** What was left out in minutes that are over, which is to be told once. */
        synchronized List<Excess> takeEnded(Instant now) {
            endBefore(now.truncatedTo(ChronoUnit.MINUTES));
            List<Excess> taken = List.copyOf(ended);
            ended.clear();
            return taken;
        }

        synchronized void giveBack(List<Excess> untold) {
            ended.addAll(untold);
        }
    }

    private record Excess(Instant minute, int count, String whose) {
        String text() {
            return "%d more %s in the minute from %s".formatted(count, whose, minute);
        }
    }

    void start(@Observes DatabaseReady event) {
        if (!tasks.begun()) {
            tasks.every(INTERVAL, "counting failed sign-ins", () -> write(clock.instant()));
        }
    }

    /**
     * Notes one.
     *
     * @param actor the name that was given; blank for what can be no name
     * @param account whose it is, if anybody's
     * @param detail why, and from where
     */
    void record(String actor, Optional<UUID> account, String detail) {
        Budget budget = account.isPresent() ? accounts : strangers;
        if (budget.take(clock.instant())) {
            String subject = account.map(UUID::toString).orElse("");
            transactions.run(() -> audit.record(AuditAction.SIGN_IN_FAILED, actor, Accounts.SUBJECT, subject, detail));
        }
    }

    /** Notes how many were left out in the minutes before {@code now}. */
    void write(Instant now) {
        write(strangers, now);
        write(accounts, now);
    }

    private void write(Budget budget, Instant now) {
        List<Excess> untold = budget.takeEnded(now);
        if (untold.isEmpty()) {
            return;
        }
        try {
            transactions.run(() -> untold.forEach(excess ->
                    audit.record(AuditAction.SIGN_IN_FAILED, AuditLog.SYSTEM, Accounts.SUBJECT, "", excess.text())));
        } catch (RuntimeException e) {
            budget.giveBack(untold);
            throw e;
        }
    }

    @PreDestroy
    void stop() {
        try {
            write(clock.instant().plus(1, ChronoUnit.MINUTES)); // this minute ends early
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, () -> "some failed sign-ins are not counted in the audit: " + e);
        }
    }
}
