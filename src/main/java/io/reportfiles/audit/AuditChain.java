package io.reportfiles.audit;

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
import java.util.List;
import java.util.Optional;

/**
 * Chains the events of the audit by hash, soon after they are committed, so that none can be changed or taken out of the
 * middle afterwards without a trace. Chaining in the transaction of the change would have all changes wait for each other.
 * Nodes may do so at the same time: the number of a link is its key, so one of two succeeds and the other comes back.
 */
@ApplicationScoped
public class AuditChain {

    private static final Logger LOG = System.getLogger(AuditChain.class.getName());

    private static final int AT_ONCE = 500;

    /** How much later than the last sealed event another one of the same time may be committed. */
    private static final Duration LATEST_COMMIT = Duration.ofHours(1);

    private static final String ACCOUNTS_FROM_NOWHERE = "select count(*) from account a where not exists (select e.id"
            + " from audit_event e where e.subject_type = 'account' and e.subject_id = cast(a.id as varchar(36)))";

    private EntityManager entities;
    private Transactions transactions;
    private Clock clock;
    private ChainAnchors anchors;

    /** For the client proxy. */
    protected AuditChain() {}

    @Inject
    public AuditChain(EntityManager entities, Transactions transactions, Clock clock, ChainAnchors anchors) {
        this.entities = entities;
        this.transactions = transactions;
        this.clock = clock;
        this.anchors = anchors;
    }

    /** Seals the events that are not sealed yet. */
    public void seal() {
        int sealed;
        do {
            sealed = transactions.call(() -> sealSome(last()));
        } while (sealed == AT_ONCE);
    }

    private int sealSome(Optional<AuditSeal> last) {
        Instant now = clock.instant();
        Instant since = last.map(seal -> since(seal, now)).orElse(Instant.EPOCH);
        List<AuditEvent> events = entities.createNamedQuery("AuditEvent.unsealed", AuditEvent.class)
                .setParameter("since", since)
                .setMaxResults(AT_ONCE)
                .getResultList();
        long number = last.map(AuditSeal::number).orElse(0L);
        String hash = last.map(AuditSeal::hash).orElse(ChainLink.NOTHING);
        for (AuditEvent event : events) {
            AuditSeal seal = new AuditSeal(++number, hash, event.entry(), now);
            entities.persist(seal);
            hash = seal.hash();
        }
        return events.size();
    }

    /** Before which time there is nothing left to seal. A node whose clock is ahead must not make others miss theirs. */
    private Instant since(AuditSeal last, Instant now) {
        Instant earlier = now.isBefore(last.sealedAt()) ? now : last.sealedAt();
        return Optional.ofNullable(entities.find(AuditEvent.class, last.event()))
                .map(event -> event.entry().occurredAt())
                .filter(earlier::isAfter)
                .orElse(earlier)
                .minus(LATEST_COMMIT);
    }

    /** Has the newest link noted outside the database. */
    public void anchor() {
        newest().ifPresent(link -> anchors.note(ChainAnchors.AUDIT, link));
    }

    /** Notes the newest link in the log, for the application stops. */
    public void logNewest() {
        newest().ifPresent(link -> ChainAnchors.log(ChainAnchors.AUDIT, link));
    }

    private Optional<ChainLink> newest() {
        return transactions.call(this::last).map(AuditSeal::link);
    }

    /**
     * Recomputes the whole chain, and compares it with what was noted of it.
     *
     * @param noted a link that somebody wrote down earlier, to be found unchanged; without it a chain that was cut, and
     *     begins at a later number than 1, can't be believed
     */
    public ChainVerification verify(Optional<NotedSeal> noted) {
        try {
            seal();
        } catch (RuntimeException e) { // another node does so now
            LOG.log(Level.DEBUG, "could not seal the audit now", e);
        }
        ChainVerifier verifier = new ChainVerifier("event", noted, anchors.find(ChainAnchors.AUDIT));
        verifier.checkAll(this::linksAfter);
        if (verifier.fromItsBeginning()) {
            verifier.requireNone(accountsFromNowhere(), "%d accounts were created and no event says so.");
        }
        return verifier.result(
                unsealedBefore(ChainVerifier.LATEST),
                unsealedBefore(clock.instant().minus(LATEST_COMMIT)));
    }

    /** Only a cut, which leaves the beginning out, explains them. */
    private long accountsFromNowhere() {
        return transactions.call(() ->
                ((Number) entities.createNativeQuery(ACCOUNTS_FROM_NOWHERE).getSingleResult()).longValue());
    }

    private long unsealedBefore(Instant time) {
        return transactions.call(() -> entities.createNamedQuery("AuditEvent.countUnsealed", Long.class)
                .setParameter("before", time)
                .getSingleResult());
    }

    private Optional<AuditSeal> last() {
        return entities.createNamedQuery("AuditSeal.last", AuditSeal.class).getResultList().stream()
                .findFirst();
    }

    private List<ChainVerifier.Sealed> linksAfter(long number) {
        return transactions.call(() -> entities
                .createNamedQuery("AuditSeal.after", Object[].class)
                .setParameter("number", number)
                .setMaxResults(AT_ONCE)
                .getResultList()
                .stream()
                .map(found -> new ChainVerifier.Sealed(
                        ((AuditSeal) found[0]).link(),
                        Optional.ofNullable((AuditEvent) found[1])
                                .map(AuditEvent::entry)
                                .map(AuditSeal::fields)))
                .toList());
    }
}
