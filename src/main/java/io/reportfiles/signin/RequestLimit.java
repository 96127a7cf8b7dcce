package io.reportfiles.signin;

import io.micrometer.core.instrument.MeterRegistry;
import io.reportfiles.access.Caller;
import io.reportfiles.config.LimitSettings;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps an account from sending more requests than it may, whatever it signs in with. Each node counts for itself: what
 * the limit protects is the node. Requests that are refused do not count, so who waits as long as told gets in. Safe for
 * any number of threads.
 */
@ApplicationScoped
public class RequestLimit {

    /** A second is forgotten when all of it is a minute ago, so that no minute has more than it may, begin when it will. */
    private static final int SECONDS = 61;

    /** What is kept of an account is small, and there is no account that nobody has approved: nothing is forgotten. */
    private final Map<UUID, Minute> minutes = new ConcurrentHashMap<>();

    private LimitSettings settings;
    private MeterRegistry meters;
    private Clock clock;

    /** For the client proxy. */
    protected RequestLimit() {}

    /** Starts with no requests. */
    @Inject
    public RequestLimit(LimitSettings settings, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Counts a request; as the administrator's if one looks at an account, for the account itself asks nothing.
     *
     * @throws ProblemException 429 if it is one too many
     */
    void admit(Caller caller) {
        int limit = settings.requestsPerMinute();
        if (limit == 0) {
            return;
        }
        Instant now = clock.instant();
        UUID account = caller.seenBy().orElse(caller).accountId();
        Duration wait = minutes.computeIfAbsent(account, id -> new Minute()).count(now, limit);
        if (!wait.isZero()) {
            meters.counter("reportfiles.limit.refusals", "limit", "requests").increment();
            throw ProblemException.retryLater(
                    ProblemType.TOO_MANY_REQUESTS,
                    "Your account may send %d requests a minute. Wait a moment, then go on.".formatted(limit),
                    wait);
        }
    }

    /** How many requests came in each of the last seconds. */
    private static final class Minute {

        private final int[] counts = new int[SECONDS]; // second s stands at s modulo their number
        private long last;
        private int total;

        /** Counts a request unless there are as many as may be; answers how long to wait then, else zero. */
        synchronized Duration count(Instant now, int limit) {
            forgetUntil(now.getEpochSecond());
            if (total >= limit) {
                return Duration.between(now, Instant.ofEpochSecond(oldest() + SECONDS));
            }
            counts[(int) (last % SECONDS)]++;
            total++;
            return Duration.ZERO;
        }

        /** A clock that is set back leaves the time where it is. */
        private void forgetUntil(long second) {
            long from = Math.max(last + 1, second - SECONDS + 1);
            for (long old = from; old <= second; old++) {
                total -= counts[(int) (old % SECONDS)];
                counts[(int) (old % SECONDS)] = 0;
            }
            last = Math.max(last, second);
        }

        private long oldest() {
            long second = last - SECONDS + 1;
            while (counts[(int) (second % SECONDS)] == 0) {
                second++;
            }
            return second;
        }
    }
}
