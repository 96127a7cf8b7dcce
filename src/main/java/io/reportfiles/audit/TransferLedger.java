package io.reportfiles.audit;

import io.reportfiles.persistence.ListQuery;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.UUID;

/**
 * The ledger of transfers: one row for each, ended at most once. Each method is one short transaction, with no
 * connection held when it returns. Any number of threads may call at once.
 */
@ApplicationScoped
public class TransferLedger {

    private EntityManager entities;
    private Transactions transactions;
    private Clock clock;

    /** For the client proxy. */
    protected TransferLedger() {}

    @Inject
    public TransferLedger(EntityManager entities, Transactions transactions, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Notes that a transfer begins. The row says {@link TransferOutcome#STARTED} until {@link #end}. */
    public UUID begin(NewTransfer transfer) {
        Transfer row = new Transfer(transfer, clock.instant());
        transactions.run(() -> entities.persist(row));
        return row.id();
    }

    /**
     * Notes how a transfer ended. The first end counts; another one changes nothing.
     *
     * @param outcome anything but {@link TransferOutcome#STARTED}
     * @param bytes how many bytes of the body were handed to the reader's connection, 0 or more
     */
    public void end(UUID transfer, TransferOutcome outcome, long bytes) {
        if (!outcome.isFinal() || bytes < 0) {
            throw new IllegalArgumentException("%s after %d bytes".formatted(outcome, bytes));
        }
        transactions.run(() -> entities.createNamedQuery("Transfer.end")
                .setParameter("id", transfer)
                .setParameter("outcome", outcome)
                .setParameter("bytes", bytes)
                .setParameter("endedAt", clock.instant())
                .executeUpdate());
    }

    /** Notes a transfer that is over before a byte was sent, such as a refused one: one insert. */
    public void record(NewTransfer transfer, TransferOutcome outcome) {
        Transfer row = new Transfer(transfer, clock.instant());
        row.endAtOnce(outcome);
        transactions.run(() -> entities.persist(row));
    }

    /** A page of the transfers that {@code filter} lets through, the last one first. Decides no access. */
    public Page<TransferDetails> list(TransferFilter filter, PageRequest page) {
        ListQuery list = ListQuery.over("Transfer t");
        filter.reportFile().ifPresent(id -> list.where("t.file = :file", "file", id));
        filter.account().ifPresent(name -> list.where("t.accountName = :account", "account", name));
        filter.outcome().ifPresent(outcome -> list.where("t.outcome = :outcome", "outcome", outcome));
        filter.from().ifPresent(from -> list.where("t.startedAt >= :from", "from", from));
        filter.until().ifPresent(until -> list.where("t.startedAt < :until", "until", until));
        return list.page(entities, "t", "t", Transfer.class, "t.startedAt desc, t.id", page)
                .map(Transfer::details);
    }
}
