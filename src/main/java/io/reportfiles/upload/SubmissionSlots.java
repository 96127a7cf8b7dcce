package io.reportfiles.upload;

import io.reportfiles.access.Caller;
import io.reportfiles.config.SenderSettings;
import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps one account from taking all threads of a node with its submissions. Safe for any number of threads. */
@ApplicationScoped
public class SubmissionSlots {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Map<UUID, Integer> running = new ConcurrentHashMap<>();
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
     * @throws ProblemException 429 if the account has as many as it may
     */
    public void take(Caller caller) {
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
        return running.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Gives a place back. */
    public void giveBack(Caller caller) {
        running.computeIfPresent(caller.accountId(), (same, count) -> count == 1 ? null : count - 1);
    }
}
