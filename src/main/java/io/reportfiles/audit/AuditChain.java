package io.reportfiles.audit;

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
class AuditChain {

    private static final Logger LOG = System.getLogger(AuditChain.class.getName());

    private static final int AT_ONCE = 500;

    /** How much later than the last sealed event another one of the same time may be committed. */
    private static final Duration LATEST_COMMIT = Duration.ofHours(1);

    private EntityManager entities;
    private Transactions transactions;
    private Clock clock;

    /** For the client proxy. */
    protected AuditChain() {}

    @Inject
    AuditChain(EntityManager entities, Transactions transactions, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Seals the events that are not sealed yet. */
    void seal() {
        int sealed;
        do {
            sealed = transactions.call(() -> sealSome(last()));
        } while (sealed == AT_ONCE);
    }

    private int sealSome(Optional<AuditSeal> last) {
        Instant since = last.map(seal -> entities.find(AuditEvent.class, seal.event()))
                .map(event -> event.entry().occurredAt().minus(LATEST_COMMIT))
                .orElse(Instant.EPOCH);
        List<AuditEvent> events = entities.createNamedQuery("AuditEvent.unsealed", AuditEvent.class)
                .setParameter("since", since)
                .setMaxResults(AT_ONCE)
                .getResultList();
        long number = last.map(AuditSeal::number).orElse(0L);
        String hash = last.map(AuditSeal::hash).orElse(AuditSeal.NOTHING);
        for (AuditEvent event : events) {
            AuditSeal seal = new AuditSeal(++number, hash, event.entry(), clock.instant());
            entities.persist(seal);
            hash = seal.hash();
        }
        return events.size();
    }

    /**
     * Recomputes the whole chain.
     *
     * @param noted a link that somebody wrote down earlier, to be found unchanged
     */
    AuditVerification verify(Optional<NotedSeal> noted) {
        try {
            seal();
        } catch (RuntimeException e) { // another node does so now
            LOG.log(Level.DEBUG, "could not seal the audit now", e);
        }
        Verifier verifier = new Verifier(noted);
        List<Object[]> links;
        do {
            links = linksAfter(verifier.number);
            links.forEach(link -> verifier.check((AuditSeal) link[0], Optional.ofNullable((AuditEvent) link[1])));
        } while (links.size() == AT_ONCE && verifier.fault.isEmpty());
        long unsealed = transactions.call(() -> entities.createNamedQuery("AuditEvent.countUnsealed", Long.class)
                .getSingleResult());
        return verifier.result(unsealed);
    }

    private Optional<AuditSeal> last() {
        return entities.createNamedQuery("AuditSeal.last", AuditSeal.class).setMaxResults(1).getResultList().stream()
                .findFirst();
    }

    private List<Object[]> linksAfter(long number) {
        return transactions.call(() -> entities.createNamedQuery("AuditSeal.after", Object[].class)
                .setParameter("number", number)
                .setMaxResults(AT_ONCE)
                .getResultList());
    }

    /** Goes along the chain, up to the first fault. */
    private static final class Verifier {

        private final Optional<NotedSeal> noted;
        private long number;
        private String hash = AuditSeal.NOTHING;
        private Optional<String> fault = Optional.empty();

        Verifier(Optional<NotedSeal> noted) {
            this.noted = noted;
        }

        void check(AuditSeal seal, Optional<AuditEvent> event) {
            if (fault.isPresent()) {
                return;
            }
            if (seal.number() != number + 1) {
                fault = Optional.of("Number %d is missing.".formatted(number + 1));
            } else if (event.isEmpty()) {
                fault = Optional.of("The event of number %d is missing: %s.".formatted(seal.number(), seal.event()));
            } else if (!AuditSeal.hash(seal.number(), hash, event.get().entry()).equals(seal.hash())) {
                fault = Optional.of(
                        "The event of number %d, or its seal, was changed: %s.".formatted(seal.number(), seal.event()));
            } else if (noted.filter(note ->
                            note.number() == seal.number() && !note.hash().equals(seal.hash()))
                    .isPresent()) {
                fault = Optional.of("Number %d has not the hash that was noted.".formatted(seal.number()));
            } else {
                number = seal.number();
                hash = seal.hash();
            }
        }

        AuditVerification result(long unsealed) {
            if (fault.isEmpty() && noted.filter(note -> note.number() > number).isPresent()) {
                fault = Optional.of("The chain ends at number %d, before the one that was noted.".formatted(number));
            }
            return new AuditVerification(fault.isEmpty(), number, hash, unsealed, fault);
        }
    }
}
