package io.reportfiles.reportfile;

import io.reportfiles.audit.AuditAction;
import io.reportfiles.ledger.Nodes;
import io.reportfiles.persistence.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Submissions that are reserved with an idempotency key, so that their repetition finds them. Each method is one or two
 * short transactions of its own; none may be called inside another. Any number of threads and nodes may call at once.
 */
@ApplicationScoped
public class KeyedSubmissions {

    /** Those that this node works on. */
    private final Set<ReportFileId> underWay = ConcurrentHashMap.newKeySet();

    private EntityManager entities;
    private Transactions transactions;
    private Submissions submissions;
    private Nodes nodes;
    private Clock clock;

    /** For the client proxy. */
    protected KeyedSubmissions() {}

    @Inject
    public KeyedSubmissions(
            EntityManager entities, Transactions transactions, Submissions submissions, Nodes nodes, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.submissions = submissions;
        this.nodes = nodes;
        this.clock = clock;
    }

    /**
     * A claim on a key, for one attempt to submit, which counts as under way on this node until the claim is closed. If a
     * submission has not ended by then, since the database was away, a repetition of it ends it.
     *
     * @param until when the key may be used anew; it may at once when this submission fails
     */
    public Claim claim(IdempotencyKey key, Instant until) {
        return new Claim(key, until);
    }

    /** See {@link #claim}. Its taker closes it. For one thread. */
    public final class Claim implements AutoCloseable {

        private final IdempotencyKey key;
        private final Instant until;
        private final Set<ReportFileId> reserved = new HashSet<>();

        private Claim(IdempotencyKey key, Instant until) {
            this.key = key;
            this.until = until;
        }

        /**
         * As {@link Submissions#reserve}, and gives the submitter's key to it, in one transaction and guarded by a
         * constraint: of any number of attempts at once, on any nodes, one succeeds.
         *
         * @return empty if another submission has the key, and nothing was reserved; {@link #find} finds it
         */
        public Optional<ReportFileId> reserve(NewSubmission submission) {
            ReportFile file = submissions.create(submission);
            file.claim(key, until);
            reserved.add(file.id());
            underWay.add(file.id());
            return insert(file, submission.submitter().accountId(), key) ? Optional.of(file.id()) : Optional.empty();
        }

        @Override
        public void close() {
            underWay.removeAll(reserved);
        }
    }

    private boolean insert(ReportFile file, UUID account, IdempotencyKey key) {
        try {
            transactions.run(() -> {
                byKey(entities.createNamedQuery("ReportFile.releaseKey"), account, key)
                        .executeUpdate();
                entities.persist(file);
            });
            return true;
        } catch (RuntimeException e) { // what a violated constraint looks like differs between servers
            ReportFileDetails holder = find(account, key).orElseThrow(() -> e);
            return holder.id().equals(file.id()); // it was committed, and only the answer lost
        }
    }

    /** The submission that has an account's idempotency key, if its lifetime is not over and it has not failed. */
    public Optional<ReportFileDetails> find(UUID account, IdempotencyKey key) {
        TypedQuery<Object[]> query = entities.createNamedQuery("ReportFile.findByKey", Object[].class);
        byKey(query, account, key);
        return ReportFileQueries.first(query);
    }

    /**
     * Gives up a submission with an idempotency key for which no node does anything any more, without waiting for the end
     * of its lease: its node has ended, or is this one and has left it.
     *
     * @return whether it has failed for that
     */
    public boolean endOrphaned(ReportFileId id) {
        return transactions.call(() -> {
            ReportFile file = entities.find(ReportFile.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
            boolean orphaned = file != null && file.endOrphaned(node -> hasLeft(node, id));
            if (orphaned) {
                submissions.record(AuditAction.SUBMISSION_FAILED, file, ReportFile.EXPIRED);
            }
            return orphaned;
        });
    }

    private boolean hasLeft(UUID node, ReportFileId id) {
        return (node.equals(nodes.self()) && !underWay.contains(id)) || nodes.isGone(node);
    }

    /** Frees the idempotency keys whose lifetime is over. */
    public void forgetKeys() {
        transactions.run(() -> entities.createNamedQuery("ReportFile.forgetKeys")
                .setParameter("now", clock.instant())
                .executeUpdate());
    }

    private Query byKey(Query query, UUID account, IdempotencyKey key) {
        return query.setParameter("account", account)
                .setParameter("key", key.value())
                .setParameter("now", clock.instant());
    }
}
