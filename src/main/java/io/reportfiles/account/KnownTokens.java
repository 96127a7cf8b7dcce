package io.reportfiles.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Remembers for {@link #MAX_AGE} which account a token speaks for, so that a script that fetches thousands of files does
 * not make the database say the same thing thousands of times. What this node changes counts at once: it forgets
 * everything then. What another node changes counts when the memory is too old. Safe for any number of threads.
 */
@ApplicationScoped
public class KnownTokens {

    /** How old a permission may be that another node has changed. */
    static final Duration MAX_AGE = Duration.ofSeconds(2);

    private static final int MAX_ENTRIES = 10_000;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    private Clock clock;

    /** For the client proxy. */
    protected KnownTokens() {}

    /** Takes its collaborators. */
    @Inject
    public KnownTokens(Clock clock) {
        this.clock = clock;
    }

    private record Entry(TokenIdentity token, Instant readAt) {}

    /**
     * What is known of a token; where nothing is, or nothing new enough, what {@code read} finds. Unknown tokens are not
     * remembered: anybody can send any number of them.
     *
     * @param hash of the token: the secret itself is not kept
     */
    Optional<TokenIdentity> find(String hash, Supplier<Optional<TokenIdentity>> read) {
        Instant now = clock.instant();
        Entry known = entries.get(hash);
        if (known != null && now.isBefore(known.readAt().plus(MAX_AGE))) {
            return Optional.of(known.token());
        }
        long before = changes.get();
        Optional<TokenIdentity> found = read.get();
        found.ifPresent(token -> remember(hash, new Entry(token, now), before));
        return found;
    }

    private void remember(String hash, Entry entry, long changesBefore) {
        if (entries.size() >= MAX_ENTRIES) {
            entries.clear();
        }
        entries.put(hash, entry);
        if (changes.get() != changesBefore) { // what was read may be what was there before the change
            entries.remove(hash);
        }
    }

    /** To be called when a token or an account was changed, after the change can be seen by others. */
    void forget() {
        changes.incrementAndGet();
        entries.clear();
    }
}
