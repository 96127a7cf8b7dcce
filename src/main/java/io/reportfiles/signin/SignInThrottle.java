package io.reportfiles.signin;

import io.reportfiles.account.SignInAttempt;
import io.reportfiles.config.AddressRange;
import io.reportfiles.config.SignInSettings;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down those who guess passwords: after some failures whoever tries the same name from the same address has to
 * wait, twice as long after each further failure; and so, after many more, has an address whatever names it tries.
 * Failures of an account are never counted across addresses, so nobody can keep its owner out from somewhere else. Names
 * that no account has count like any other. Each node counts for itself. Safe for any number of threads.
 */
@ApplicationScoped
public class SignInThrottle {

    /** After this time without a failure all is forgiven. */
    static final Duration MEMORY = Duration.ofMinutes(15);

    static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    static final int MAX_ENTRIES = 10_000;

    private static final int NETWORK_OCTETS = 8; // of an IPv6 address: the rest is its holder's to choose

    private final Map<Key, Failures> byName = new LinkedHashMap<>(); // the latest failure last
    private final Map<Key, Failures> byAddress = new LinkedHashMap<>();

    private SignInSettings settings;
    private Clock clock;

    /** For the client proxy. */
    protected SignInThrottle() {}

    /** Starts with nothing held against anybody. */
    @Inject
    public SignInThrottle(SignInSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    private record Key(String name, String address) {}

    private record Failures(int count, Instant last, Instant until) {}

    /**
     * A try that is about to be made.
     *
     * @param name whom failures count for; empty for texts that can be nobody's name, which count as one and the same
     * @param address where from
     */
    public SignInAttempt attempt(Optional<String> name, String address) {
        String network = networkOf(address);
        Key named = new Key(name.orElse(""), network);
        Key unnamed = new Key("", network);
        return new SignInAttempt() {
            @Override
            public void admit() {
                refuseBefore(latest(named, unnamed));
            }

            @Override
            public void failed() {
                note(named, unnamed);
            }

            @Override
            public void succeeded() {
                forgive(named);
            }
        };
    }

    private synchronized Instant latest(Key named, Key unnamed) {
        Instant byTheName = until(byName, named);
        Instant byTheAddress = until(byAddress, unnamed);
        return byTheName.isAfter(byTheAddress) ? byTheName : byTheAddress;
    }

    private static Instant until(Map<Key, Failures> failures, Key key) {
        return Optional.ofNullable(failures.get(key)).map(Failures::until).orElse(Instant.EPOCH);
    }

    private void refuseBefore(Instant until) {
        Duration wait = Duration.between(clock.instant(), until);
        if (!wait.isZero() && !wait.isNegative()) {
            throw ProblemException.retryLater(
                    ProblemType.TOO_MANY_REQUESTS, "Too many wrong passwords. Wait a moment, then try again.", wait);
        }
    }

    private synchronized void note(Key named, Key unnamed) {
        note(byName, named, settings.failures());
        note(byAddress, unnamed, settings.failuresPerAddress());
    }

    private void note(Map<Key, Failures> failures, Key key, int free) {
        Instant now = clock.instant();
        Iterator<Failures> oldest = failures.values().iterator();
        while (oldest.hasNext() && !now.isBefore(oldest.next().last().plus(MEMORY))) {
            oldest.remove();
        }
        int count =
                Optional.ofNullable(failures.remove(key)).map(Failures::count).orElse(0) + 1;
        failures.put(key, new Failures(count, now, now.plus(waitAfter(count - free))));
        if (failures.size() > MAX_ENTRIES) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    private Duration waitAfter(int beyond) {
        if (beyond < 0) {
            return Duration.ZERO;
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(beyond, 30)); // 30: longer than any wait allowed
        return wait.compareTo(settings.longestWait()) < 0 ? wait : settings.longestWait();
    }

    private synchronized void forgive(Key named) {
        byName.remove(named);
    }

    private static String networkOf(String address) {
        return AddressRange.Address.parse(address)
                .map(parsed -> parsed.network(NETWORK_OCTETS).toString())
                .orElse(address);
    }
}
