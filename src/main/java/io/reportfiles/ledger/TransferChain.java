package io.reportfiles.ledger;

import io.reportfiles.chain.ChainAnchors;
import io.reportfiles.chain.ChainLink;
import io.reportfiles.chain.ChainVerification;
import io.reportfiles.chain.ChainVerifier;
import io.reportfiles.chain.NotedSeal;
import io.reportfiles.persistence.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * Chains the transfers of the ledger by hash once they have ended, so that none can be changed or taken out afterwards
 * without a trace. A node knows which transfers it has ended and looks for no others; those that a dead node left behind
 * are looked for from time to time. Nobody who downloads waits for any of it. Any number of threads may call.
 */
@ApplicationScoped
public class TransferChain {

    private static final Logger LOG = System.getLogger(TransferChain.class.getName());

    private static final int AT_ONCE = 1000;

    /** More are found by looking for them. */
    private static final int MOST_WAITING = 131_072;

    /** Another node may have added the same number. */
    private static final int ATTEMPTS = 3;

    /**
     * What began, or was interrupted, longer than this before the last seal is not looked for; of a row put in so late the
     * verification tells.
     */
    private static final Duration LATENESS = Duration.ofDays(8);

    /** What ends on a node is sealed by it, unless it dies in the meantime. */
    private static final Duration OWN_TIME = Duration.ofMinutes(10);

    /** As long again as a node may say that a transfer was not interrupted: clocks differ, and transactions take time. */
    private static final Duration INTERRUPTION_STANDS = TransferRows.CORRECTION.multipliedBy(2);

    /** After which time nothing has a reason to be in no link. */
    private static final Duration LATEST_SEAL = INTERRUPTION_STANDS.multipliedBy(2);

    private final BlockingQueue<UUID> waiting = new LinkedBlockingQueue<>(MOST_WAITING);

    /** Guarded by this: whether all that was left before this node began is in a link, or not yet to be in one. */
    private boolean lookedBack;

    /** Guarded by this: whence a look looks that is not done yet; its own links move the end of the chain. */
    private Optional<Instant> lookingSince = Optional.empty();

    private EntityManager entities;
    private Transactions transactions;
    private Clock clock;
    private ChainAnchors anchors;

    /** For the client proxy. */
    protected TransferChain() {}

    @Inject
    TransferChain(EntityManager entities, Transactions transactions, Clock clock, ChainAnchors anchors) {
        this.entities = entities;
        this.transactions = transactions;
        this.clock = clock;
        this.anchors = anchors;
    }

    /** Takes transfers whose ends are committed, to be sealed by the next {@link #seal}. */
    void add(Collection<UUID> ended) {
        ended.forEach(waiting::offer);
    }

    /** Seals the transfers that wait for it; the first time what was left before, or it would be too old afterwards. */
    synchronized void seal() {
        if (!lookedBack && !waiting.isEmpty()) {
            lookBack();
        }
        while (!waiting.isEmpty()) {
            List<UUID> some = new ArrayList<>(AT_ONCE);
            for (Iterator<UUID> ids = waiting.iterator(); ids.hasNext() && some.size() < AT_ONCE; ) {
                some.add(ids.next());
            }
            sealPatiently(some);
            some.forEach(id -> waiting.remove()); // only now: if it fails they are still there
        }
    }

    /** Seals the transfers that wait for it, unless the ledger would have to be read for it: then others find them. */
    synchronized void sealBeforeStop() {
        if (lookedBack) {
            seal();
        }
    }

    /** Seals what no node has sealed that could have, of what began not long ago. */
    synchronized void sealForgotten() {
        if (lookedBack) {
            sealWhatBeganSince(lookingSince());
            lookingSince = Optional.empty();
        } else {
            lookBack();
        }
    }

    /**
     * Seals what no node has sealed that could have, and what was under way for any time before it was interrupted, for
     * which the whole ledger has to be read.
     */
    synchronized void lookBack() {
        Instant since = lookingSince();
        sealWhatBeganSince(since);
        Instant stands = clock.instant().minus(INTERRUPTION_STANDS);
        sealAll(seals -> seals.interrupted(since, stands, AT_ONCE));
        lookingSince = Optional.empty();
        lookedBack = true;
    }

    private Instant lookingSince() {
        if (lookingSince.isEmpty()) {
            Instant now = clock.instant();
            Instant last = transactions
                    .call(() -> new TransferSeals(entities).last())
                    .map(ChainLink::sealedAt)
                    .orElse(Instant.EPOCH);
            lookingSince = Optional.of((last.isBefore(now) ? last : now).minus(LATENESS));
        }
        return lookingSince.get();
    }

    private void sealWhatBeganSince(Instant since) {
        Instant now = clock.instant();
        sealAll(seals -> seals.forgotten(since, now.minus(OWN_TIME), now.minus(INTERRUPTION_STANDS), AT_ONCE));
    }

    private void sealAll(Function<TransferSeals, List<UUID>> found) {
        List<UUID> some;
        do {
            some = transactions.call(() -> found.apply(new TransferSeals(entities)));
            if (!some.isEmpty()) {
                sealPatiently(some);
            }
        } while (some.size() == AT_ONCE);
    }

    private void sealPatiently(List<UUID> ids) {
        for (int attempt = 1; ; attempt++) {
            try {
                transactions.run(() -> seal(ids));
                return;
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.log(Level.DEBUG, "transfers could not be sealed", e);
            }
        }
    }

    private void seal(List<UUID> ids) {
        TransferSeals seals = new TransferSeals(entities);
        Instant now = clock.instant();
        Optional<ChainLink> last = seals.last();
        long number = last.map(ChainLink::number).orElse(0L);
        String hash = last.map(ChainLink::hash).orElse(ChainLink.NOTHING);
        List<ChainLink> links = new ArrayList<>();
        for (TransferSeals.Sealable transfer : seals.sealable(ids, now.minus(INTERRUPTION_STANDS))) {
            ChainLink link = ChainLink.of(++number, hash, transfer.id(), now, transfer.fields());
            links.add(link);
            hash = link.hash();
        }
        seals.insert(links);
    }

    /** Has the newest link noted outside the database. */
    void anchor() {
        newest().ifPresent(link -> anchors.note(ChainAnchors.LEDGER, link));
    }

    /** Notes the newest link in the log, for the application stops. */
    public void logNewest() {
        newest().ifPresent(link -> ChainAnchors.log(ChainAnchors.LEDGER, link));
    }

    private Optional<ChainLink> newest() {
        return transactions.call(() -> new TransferSeals(entities).last());
    }

    /**
     * Recomputes the whole chain, and compares it with what was noted of it.
     *
     * @param noted a link that somebody wrote down earlier, to be found unchanged; without it a chain that was cut, and
     *     begins at a later number than 1, can't be believed
     */
    ChainVerification verify(Optional<NotedSeal> noted) {
        boolean nothingForgotten = succeeds(this::lookBack);
        succeeds(this::seal);
        ChainVerifier verifier = new ChainVerifier("transfer", noted, anchors.find(ChainAnchors.LEDGER));
        verifier.checkAll(number -> transactions.call(() -> new TransferSeals(entities).after(number, AT_ONCE)));
        return verifier.result(
                unsealedBefore(ChainVerifier.LATEST),
                nothingForgotten ? unsealedBefore(clock.instant().minus(LATEST_SEAL)) : 0);
    }

    private static boolean succeeds(Runnable sealing) {
        try {
            sealing.run();
            return true;
        } catch (RuntimeException e) { // another node does so now
            LOG.log(Level.DEBUG, "could not seal the ledger now", e);
            return false;
        }
    }

    private long unsealedBefore(Instant time) {
        return transactions.call(() -> new TransferSeals(entities).countUnsealed(time));
    }
}
