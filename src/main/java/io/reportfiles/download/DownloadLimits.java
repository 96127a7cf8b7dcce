package io.reportfiles.download;

import io.micrometer.core.instrument.MeterRegistry;
import io.reportfiles.access.Caller;
import io.reportfiles.config.LimitSettings;
import io.reportfiles.ledger.TransferLedger;
import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.persistence.PeriodicTasks;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Keeps an account from having more downloads under way, and taking more bytes a day, than it may. What runs on this
 * node is known here. What other nodes send, and what this one sent before it was started, is in the ledger: it is asked
 * with an account's first download after a while, and then every few seconds whatever the number of downloads. Safe for any
 * number of threads.
 */
@ApplicationScoped
class DownloadLimits {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** For an account that has been quiet for longer, who comes next waits for the ledger's answer. */
    static final Duration OLDEST = Duration.ofMinutes(1);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /** So that asking takes a twentieth of the time at most, however long an account's day is. */
    private static final int PAUSES = 20;

    private final Map<String, Usage> accounts = new ConcurrentHashMap<>(); // by name, as the ledger has them

    private PeriodicTasks tasks;
    private LimitSettings settings;
    private Elsewhere elsewhere;
    private MeterRegistry meters;
    private Clock clock;
    private LongSupplier nanoTime;
    private long askAgain; // used by one thread

    /** Knows what accounts took elsewhere. */
    interface Elsewhere {

        /** From name to bytes of the downloads that began since an instant, not on this start of this node. */
        Map<String, Long> bytes(Collection<String> names, Instant since);
    }

    /** For the client proxy. */
    protected DownloadLimits() {}

    @Inject
    DownloadLimits(
            LimitSettings settings, TransferLedger ledger, PeriodicTasks tasks, MeterRegistry meters, Clock clock) {
        this(settings, ledger::bytesElsewhere, meters, clock, System::nanoTime);
        this.tasks = tasks;
    }

    DownloadLimits(
            LimitSettings settings, Elsewhere elsewhere, MeterRegistry meters, Clock clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.elsewhere = elsewhere;
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
        askAgain = nanoTime.getAsLong();
    }

    synchronized void start(@Observes DatabaseReady event) {
        if (settings.bytesPerDay() > 0 && !tasks.begun()) {
            tasks.every(INTERVAL, "asking what accounts took elsewhere", this::ask);
        }
    }

    /**
     * Lets a download begin.
     *
     * @param bytes that it promises
     * @throws ProblemException 429 if it is one too many, or would take too much
     */
    Admission admit(Caller caller, long bytes) {
        if (settings.downloads() == 0 && settings.bytesPerDay() == 0) {
            return sent -> {};
        }
        return accounts.computeIfAbsent(caller.name(), Usage::new).admit(bytes);
    }

    /** Asks the ledger about the accounts that had downloads since it was asked last. */
    void ask() {
        long begin = nanoTime.getAsLong();
        if (begin - askAgain < 0) {
            return;
        }
        Instant today = today();
        List<String> names = accounts.values().stream()
                .filter(Usage::isActive)
                .map(usage -> usage.name)
                .toList();
        if (!names.isEmpty()) {
            Map<String, Long> answer = elsewhere.bytes(names, today);
            names.forEach(name -> accounts.get(name).learn(today, answer.getOrDefault(name, 0L)));
        }
        long end = nanoTime.getAsLong();
        askAgain = end + (end - begin) * PAUSES;
    }

    private Instant today() {
        return clock.instant().truncatedTo(ChronoUnit.DAYS);
    }

    private ProblemException refused(String limit, String detail, Duration retryAfter) {
        meters.counter("reportfiles.limit.refusals", "limit", limit).increment();
        return ProblemException.retryLater(ProblemType.TOO_MANY_REQUESTS, detail, retryAfter);
    }

    /** A download that may go on until it ends. */
    interface Admission {

        /** It has ended, after so many bytes. The first end counts. */
        void end(long sentBytes);
    }

    /** What one account has under way and took today; small, and kept. */
    private final class Usage {

        private final String name;
        private final Object asking = new Object(); // held while the ledger is asked, which one does for all
        private int running;
        private Instant day = Instant.EPOCH;
        private long here; // what downloads under way have promised, and what ended ones have sent
        private long others;
        private Instant asked = Instant.EPOCH; // when the ledger said so
        private boolean active; // since then

        Usage(String name) {
            this.name = name;
        }

        /** Asks the ledger first, if it has to: who ends a download must never wait for the database. */
        Admission admit(long bytes) {
            Instant today = today();
            if (settings.bytesPerDay() > 0 && isStale(today)) {
                synchronized (asking) {
                    if (isStale(today)) {
                        begin(today, elsewhere.bytes(List.of(name), today).getOrDefault(name, 0L));
                    }
                }
            }
            return enter(bytes);
        }

        private synchronized boolean isStale(Instant today) {
            return today.isAfter(day) || clock.instant().isAfter(asked.plus(OLDEST));
        }

        private synchronized void begin(Instant today, long bytes) {
            if (today.isAfter(day)) {
                here = 0;
                day = today;
            }
            if (today.equals(day)) { // others may have begun the next one meanwhile
                others = bytes;
                asked = clock.instant();
            }
        }

        private synchronized Admission enter(long bytes) {
            if (settings.downloads() > 0 && running >= settings.downloads()) {
                throw refused(
                        "downloads",
                        "Your account has %d downloads under way, and may not have more. Try again when one has ended."
                                .formatted(settings.downloads()),
                        RETRY_AFTER);
            }
            if (settings.bytesPerDay() > 0) {
                reserve(bytes);
            }
            running++;
            Instant began = day;
            AtomicBoolean ended = new AtomicBoolean();
            return sent -> {
                if (ended.compareAndSet(false, true)) {
                    end(began, bytes - sent);
                }
            };
        }

        private void reserve(long bytes) {
            active = true;
            long left = Math.max(0, settings.bytesPerDay() - others - here);
            if (bytes > left) {
                throw refused(
                        "bytes",
                        ("Your account may download %d bytes a day. %d are left, and this takes %d."
                                        + " The next day begins at 00:00 UTC.")
                                .formatted(settings.bytesPerDay(), left, bytes),
                        Duration.between(clock.instant(), day.plus(1, ChronoUnit.DAYS)));
            }
            here += bytes;
        }

        private synchronized void end(Instant began, long unused) {
            running--;
            if (began.equals(day)) { // else what it took is yesterday's
                here -= unused;
            }
        }

        synchronized boolean isActive() {
            return active;
        }

        synchronized void learn(Instant asOf, long bytes) {
            if (asOf.equals(day)) {
                others = bytes;
                asked = clock.instant();
            }
            active = active && day.isAfter(asOf); // of yesterday's downloads nobody will ask
        }
    }
}
