package io.reportfiles.submission;

import io.reportfiles.access.Caller;
import io.reportfiles.config.SenderSettings;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps submissions from taking all threads of a node, and one account from taking all places of submissions. Safe for
 * any number of threads.
 */
@ApplicationScoped
public class SubmissionSlots {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Map<UUID, Integer> running = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger();
    private SenderSettings settings;

    /** For the client proxy. */
    protected SubmissionSlots() {}

    @Inject
    SubmissionSlots(SenderSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes a place, to be given back when the submission has ended.
     *
     * @throws ProblemException 429 if the account has as many as it may, 503 if the node has
     */
    public void take(Caller caller) {
        if (taken.incrementAndGet() > settings.atOnce()) {
            taken.decrementAndGet();
            throw ProblemException.retryLater(
                    ProblemType.BUSY,
                    "As many submissions as may are under way here. Try again in a moment; nothing was stored.",
                    RETRY_AFTER);
        }
        if (running.merge(caller.accountId(), 1, Integer::sum) > settings.perAccount()) {
            giveBack(caller);
            throw ProblemException.retryLater(
                    ProblemType.TOO_MANY_REQUESTS,
                    "Your account has %d submissions under way, and may not have more. Try again when one has ended."
                            .formatted(settings.perAccount()),
                    RETRY_AFTER);
        }
    }

    /** Number of submissions under way. */
    int taken() {
        return taken.get();
    }

    /** Gives a place back. */
    public void giveBack(Caller caller) {
        taken.decrementAndGet();
        running.computeIfPresent(caller.accountId(), (same, count) -> count == 1 ? null : count - 1);
    }
}
