package io.reportfiles.ledger;

import io.reportfiles.config.AddressRange.Address;
import io.reportfiles.persistence.ListQuery;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How often files were refused to callers that nobody knows, by minute and address. A row of the ledger for each would let
 * strangers fill it. The counts are written down within seconds; no request waits for that. Any number of threads may
 * call at once.
 */
@ApplicationScoped
public class Refusals {

    private static final Logger LOG = System.getLogger(Refusals.class.getName());

    /** In one minute; what comes from further ones is counted together. */
    static final int ADDRESSES = 100;

    /** Stands for all addresses beyond {@value #ADDRESSES}. */
    static final String OTHERS = "others";

    private static final Duration KEPT = Duration.ofDays(90);

    /** So many are kept while the database is away. */
    private static final int MINUTES = 60;

    /** One subscriber of version 6 may choose any address behind these bytes (RFC 6177). */
    private static final int NETWORK_BYTES = 6;

    private final TreeMap<Instant, Map<String, RefusalCount>> minutes = new TreeMap<>(); // guarded by this
    private final Object writing = new Object();

    private EntityManager entities;
    private Transactions transactions;
    private NodeLease node;
    private Clock clock;

    /** For the client proxy. */
    protected Refusals() {}

    @Inject
    Refusals(EntityManager entities, Transactions transactions, NodeLease node, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.node = node;
        this.clock = clock;
    }

    /** Counts a refused transfer of a caller that nobody knows. */
    public void count(NewTransfer transfer) {
        Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        String remote = transfer.remoteAddress();
        String network = Address.parse(remote)
                .map(address -> address.network(NETWORK_BYTES).toString())
                .orElse(remote);
        synchronized (this) {
            Map<String, RefusalCount> counts = minutes.computeIfAbsent(minute, begun -> new TreeMap<>());
            String address = counts.containsKey(network) || counts.size() < ADDRESSES ? network : OTHERS;
            counts.computeIfAbsent(address, first -> new RefusalCount(node.id(), minute, first, transfer.userAgent()))
                    .add();
            while (minutes.size() > MINUTES) {
                minutes.pollFirstEntry();
            }
        }
    }

    /**
     * Writes down what was counted since the last time.
     *
     * @throws RuntimeException if the database is away: it goes on waiting, for an hour
     */
    void write() {
        synchronized (writing) { // counts are written in the order in which they grew
            List<RefusalCount> counts = changed();
            if (!counts.isEmpty()) {
                transactions.run(() -> counts.forEach(entities::merge)); // written again they are the same
                written(counts);
            }
        }
    }

    private synchronized List<RefusalCount> changed() {
        List<RefusalCount> copies = new ArrayList<>();
        minutes.values()
                .forEach(counts -> counts.values().stream()
                        .filter(RefusalCount::isChanged)
                        .map(RefusalCount::copy)
                        .forEach(copies::add));
        return copies;
    }

    private synchronized void written(List<RefusalCount> copies) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        copies.forEach(copy -> Optional.ofNullable(minutes.get(copy.minute()))
                .map(counts -> counts.get(copy.address()))
                .ifPresent(count -> count.written(copy)));
        minutes.headMap(now)
                .values()
                .removeIf(counts -> counts.values().stream().noneMatch(RefusalCount::isChanged));
    }

    /** Deletes what is older than three months. */
    void forget() {
        transactions.run(() -> entities.createNamedQuery("RefusalCount.forget")
                .setParameter("before", clock.instant().minus(KEPT))
                .executeUpdate());
    }

    @PreDestroy
    void stop() {
        try {
            write();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, () -> "some refusals of strangers are not counted: " + e);
        }
    }

    /**
     * A page of what was counted, the last minute first. Decides no access.
     *
     * @param from the first minute, if any
     * @param until the minute before which to end, if any
     */
    public Page<RefusalDetails> list(Optional<Instant> from, Optional<Instant> until, PageRequest page) {
        write();
        ListQuery query = ListQuery.over("RefusalCount r");
        from.ifPresent(first -> query.where("r.minute >= :from", "from", first));
        until.ifPresent(end -> query.where("r.minute < :until", "until", end));
        return Page.read(query, entities, "r", RefusalCount.class, "r.minute desc, r.id", page)
                .map(RefusalCount::details);
    }
}
