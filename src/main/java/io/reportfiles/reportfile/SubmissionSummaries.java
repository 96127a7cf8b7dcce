package io.reportfiles.reportfile;

import io.reportfiles.access.Visibility;
import io.reportfiles.persistence.DaySpan;
import io.reportfiles.persistence.Summary;
import io.reportfiles.reportfile.SubmissionSummary.Item;
import io.reportfiles.web.QueryParameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Counts report files in groups by when they were submitted, withdrawn ones included. One statement, outside any
 * transaction; any number of threads may call.
 */
@ApplicationScoped
class SubmissionSummaries {

    private static final String ORGANISATION = "organisation";
    private static final String SECTION = "section";

    private EntityManager entities;
    private Clock clock;

    /** For the client proxy. */
    protected SubmissionSummaries() {}

    @Inject
    SubmissionSummaries(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** Counts what {@code parameters} ask for and {@code visibility} allows. */
    SubmissionSummary count(QueryParameters parameters, Visibility visibility) {
        DaySpan span = parameters.daySpan(clock);
        Summary summary = new Summary(span, "f.submitted_at")
                .dimension(ORGANISATION, "f.organisation_code")
                .dimension(SECTION, "f.section_code")
                .where("f.state in ('AVAILABLE', 'WITHDRAWN')", List.of());
        if (visibility instanceof Visibility.Some some) {
            keepVisible(summary, some);
        }
        List<Item> items = summary
                .count(entities, "report_file f", "count(*), sum(f.size_bytes)", parameters.dimensions(summary))
                .stream()
                .map(group -> new Item(
                        group.name(Summary.DAY),
                        group.name(ORGANISATION),
                        group.name(SECTION),
                        group.measures().get(0),
                        group.measures().get(1)))
                .toList();
        return new SubmissionSummary(span.from(), span.until(), span.zone().getId(), items);
    }

    private static void keepVisible(Summary summary, Visibility.Some some) {
        List<String> values = new ArrayList<>(some.organisations());
        values.addAll(some.regions());
        List<String> either = new ArrayList<>();
        if (!some.organisations().isEmpty()) {
            either.add("f.organisation_code in (%s)".formatted(marks(some.organisations())));
        }
        if (!some.regions().isEmpty()) {
            either.add("f.organisation_code in (select o.code from organisation o where o.region_code in (%s))"
                    .formatted(marks(some.regions())));
        }
        summary.where(either.isEmpty() ? "1 = 0" : "(" + String.join(" or ", either) + ")", values);
    }

    private static String marks(Set<String> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }
}
