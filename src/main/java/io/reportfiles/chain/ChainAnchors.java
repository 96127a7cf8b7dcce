package io.reportfiles.chain;

import io.reportfiles.config.LedgerSettings;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.PublishedObjects;
import io.reportfiles.storage.StoredObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notes the newest links of the chains where the owner of the database can't change them: in the log, and in the bucket
 * with an object for each, whose key says it all and which nothing here changes or removes. Any number of threads may call.
 */
@ApplicationScoped
public class ChainAnchors {

    public static final String AUDIT = "audit";
    public static final String LEDGER = "ledger";

    private static final Logger LOG = System.getLogger(ChainAnchors.class.getName());

    /** A verification compares with so many, the newest ones, and the first. */
    private static final int MOST = 10_000;

    /** How long an anchor cannot be deleted, in a bucket with Object Lock. */
    public static final Duration KEPT = Duration.ofDays(3653);

    /** With all digits that a number can have, so that the bucket lists them in their order. */
    private static final String NAME = "%019d-%s";

    private static final Pattern NAMED = Pattern.compile("([0-9]{19})-([0-9a-f]{64})");

    /** Guarded by this: what this node has noted of each chain. */
    private final Map<String, Noted> noted = new HashMap<>();

    private PublishedObjects objects;
    private ObjectInventory inventory;
    private ObjectKeys keys;
    private Duration interval;
    private Clock clock;

    /** For the client proxy. */
    protected ChainAnchors() {}

    @Inject
    ChainAnchors(
            PublishedObjects objects,
            ObjectInventory inventory,
            ObjectKeys keys,
            LedgerSettings settings,
            Clock clock) {
        this.objects = objects;
        this.inventory = inventory;
        this.keys = keys;
        this.interval = settings.anchorInterval();
        this.clock = clock;
    }

    /**
     * What was noted of a link, and when.
     *
     * @param stored whether it is in the bucket, and not in the log alone
     */
    private record Noted(ChainLink link, Instant at, boolean stored) {}

    /** Writes a link into the log. */
    public static void log(String chain, ChainLink link) {
        LOG.log(
                Level.INFO,
                "The newest seal of the {0} is number {1} with hash {2}",
                chain,
                Long.toString(link.number()),
                link.hash());
    }

    /**
     * Notes the newest link of a chain, unless it is noted already or another one was a short time ago.
     *
     * @throws UncheckedIOException if the store did not take it: the next call tries again
     */
    public synchronized void note(String chain, ChainLink newest) {
        Optional<Noted> before = Optional.ofNullable(noted.get(chain));
        Instant now = clock.instant();
        if (before.filter(last -> !isDue(last, newest, now)).isPresent()) {
            return;
        }
        before.filter(last -> last.link().number() > newest.number())
                .ifPresent(last -> LOG.log(
                        Level.ERROR,
                        "The chain of the {0} ends at number {1}, and had number {2}: somebody has taken away its end",
                        chain,
                        Long.toString(newest.number()),
                        Long.toString(last.link().number())));
        if (before.filter(last -> last.link().equals(newest)).isEmpty()) {
            log(chain, newest);
        }
        noted.put(chain, new Noted(newest, now, false));
        store(chain, newest);
        noted.put(chain, new Noted(newest, now, true));
    }

    private boolean isDue(Noted last, ChainLink newest, Instant now) {
        return !last.stored()
                || last.link().number() > newest.number()
                || (!last.link().equals(newest) && !now.isBefore(last.at().plus(interval)));
    }

    private void store(String chain, ChainLink link) {
        String name = NAME.formatted(link.number(), link.hash());
        try {
            StoredObject stored = objects.publish(
                    keys.ofAnchor(chain, name),
                    "%s %s%n".formatted(name, link.sealedAt()).getBytes(StandardCharsets.UTF_8),
                    "text/plain");
            objects.keep(stored.version(), clock.instant().plus(KEPT));
        } catch (ObjectStoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the bucket has of a chain. To be asked before the chain is read, which may grow meanwhile. */
    public Found find(String chain) {
        NavigableMap<Long, Set<String>> hashes = new TreeMap<>();
        String prefix = keys.anchors(chain);
        try {
            inventory.keys(prefix, page -> page.forEach(key -> add(key.substring(prefix.length()), hashes)));
            return new Found(hashes, Optional.empty());
        } catch (ObjectStoreException e) {
            LOG.log(Level.WARNING, "the anchors of the {0} could not be listed: {1}", chain, e.getMessage());
            return new Found(
                    new TreeMap<>(),
                    Optional.of(
                            "The chain could not be compared with its anchors, since the store did not list them."));
        }
    }

    private static void add(String name, NavigableMap<Long, Set<String>> hashes) {
        Matcher named = NAMED.matcher(name);
        if (named.matches() && named.group(1).compareTo(Long.toString(Long.MAX_VALUE)) <= 0) {
            hashes.computeIfAbsent(Long.valueOf(named.group(1)), number -> new TreeSet<>())
                    .add(named.group(2));
            if (hashes.size() > MOST + 1) {
                hashes.remove(hashes.higherKey(hashes.firstKey()));
            }
        }
    }

    /**
     * Anchors to compare a chain with.
     *
     * @param hashes by the number of the link; several for one contradict each other
     * @param failure why there are none
     */
    record Found(NavigableMap<Long, Set<String>> hashes, Optional<String> failure) {

        boolean has(long number) {
            return hashes.containsKey(number);
        }

        boolean contradicts(long number, String hash) {
            return has(number) && !hashes.get(number).equals(Set.of(hash));
        }

        /** Number of the newest; 0 without any. */
        long last() {
            return hashes.isEmpty() ? 0 : hashes.lastKey();
        }
    }
}
