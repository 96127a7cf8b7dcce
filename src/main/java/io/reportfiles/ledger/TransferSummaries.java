package io.reportfiles.ledger;

import io.reportfiles.ledger.TransferSummary.Item;
import io.reportfiles.persistence.DaySpan;
import io.reportfiles.persistence.Summary;
import io.reportfiles.web.QueryParameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;

/** Counts the ledger's transfers in groups. One statement, outside any transaction; any number of threads may call. */
@ApplicationScoped
class TransferSummaries {

    private static final String OUTCOME = "outcome";
    private static final String ORGANISATION = "organisation";

    private EntityManager entities;
    private TransferLedger ledger;
    private Clock clock;

    /** For the client proxy. */
    protected TransferSummaries() {}

    @Inject
    TransferSummaries(EntityManager entities, TransferLedger ledger, Clock clock) {
        this.entities = entities;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Counts what {@code parameters} ask for. Decides no access. */
    TransferSummary count(QueryParameters parameters) {
        DaySpan span = parameters.daySpan(clock);
        Summary summary = new Summary(span, "t.started_at")
                .dimension(OUTCOME, "t.outcome")
                .dimension(ORGANISATION, "f.organisation_code");
        List<String> by = parameters.dimensions(summary);
        ledger.writeEnds();
        String table =
                "transfer t" + (by.contains(ORGANISATION) ? " left join report_file f on f.id = t.report_file_id" : "");
        return TransferSummary.of(
                span,
                summary.count(entities, table, "count(*), sum(t.bytes_sent)", by).stream()
                        .map(group -> new Item(
                                group.name(Summary.DAY),
                                group.name(OUTCOME),
                                group.name(ORGANISATION),
                                group.measures().get(0),
                                group.measures().get(1)))
                        .toList());
    }
}
