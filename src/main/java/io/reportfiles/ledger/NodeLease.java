package io.reportfiles.ledger;

import io.reportfiles.config.LedgerSettings;
import io.reportfiles.persistence.Transactions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * This node's sign of life in the database, for which its running transfers count as such. Thousands of slow readers
 * cost one row to renew. What a node leaves behind that gives no sign any more is noted as interrupted by any other.
 * Safe for any number of threads.
 */
@ApplicationScoped
class NodeLease implements Nodes {

    private static final Logger LOG = System.getLogger(NodeLease.class.getName());

    private final UUID id = UUID.randomUUID(); // of this start

    private EntityManager entities;
    private Transactions transactions;
    private LedgerSettings settings;
    private Clock clock;
    private boolean held; // guarded by this
    private boolean ended; // guarded by this

    /** For the client proxy. */
    protected NodeLease() {}

    @Inject
    NodeLease(EntityManager entities, Transactions transactions, LedgerSettings settings, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /** What the rows of this node's transfers carry. */
    UUID id() {
        return id;
    }

    @Override
    public UUID self() {
        return id;
    }

    @Override
    public boolean isGone(UUID node) {
        return !node.equals(id)
                && transactions.call(() -> entities.createNamedQuery("Node.countAlive", Long.class)
                                .setParameter("id", node)
                                .setParameter("now", clock.instant())
                                .getSingleResult())
                        == 0;
    }

    /** Puts off the end of the lease, or begins it; to be called several times during one. Nothing after its end. */
    synchronized void renew() {
        if (ended) {
            return;
        }
        Instant now = clock.instant();
        Instant leaseUntil = now.plus(settings.lease());
        transactions.run(() -> {
            int rows = entities.createNamedQuery("Node.renew")
                    .setParameter("id", id)
                    .setParameter("leaseUntil", leaseUntil)
                    .executeUpdate();
            if (rows == 0) {
                entities.persist(new Node(id, settings.node(), now, leaseUntil));
                LOG.log(Level.DEBUG, "node {0} has a lease, for the first time or again", id);
            }
        });
        held = true;
    }

    /** As {@link #renew}; nothing before the lease has begun. */
    synchronized void renewIfHeld() {
        if (held) {
            renew();
        }
    }

    /** Notes the unfinished transfers of nodes whose lease has run out, and of one that had the name of this one. */
    void interruptDead() {
        List<Node> dead = transactions.call(() -> entities.createNamedQuery("Node.dead", Node.class)
                .setParameter("self", id)
                .setParameter("name", settings.node().orElse("")) // nobody is called so
                .setParameter("now", clock.instant())
                .getResultList());
        dead.forEach(node -> interrupt(node.id(), node.startedAt()));
    }

    /**
     * Gives the lease back, since the application stops: what is under way is interrupted, unless its end is written down
     * a moment later.
     */
    @PreDestroy
    synchronized void end() {
        ended = true;
        if (held) {
            held = false;
            try {
                interrupt(id, Instant.EPOCH);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, () -> "node %s leaves its lease to run out: %s".formatted(id, e));
            }
        }
    }

    /** Two nodes may do so at the same time; and a node that was only slow still says how its transfers really ended. */
    private void interrupt(UUID node, Instant since) {
        int interrupted = transactions.call(() -> {
            int rows = entities.createNamedQuery("Transfer.interrupt")
                    .setParameter("node", node)
                    .setParameter("since", since)
                    .setParameter("now", clock.instant())
                    .executeUpdate();
            entities.createNamedQuery("Node.remove").setParameter("id", node).executeUpdate();
            return rows;
        });
        LOG.log(Level.INFO, "node {0} is gone; {1} of its transfers were interrupted", node, interrupted);
    }
}
