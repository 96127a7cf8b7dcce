package io.reportfiles.reportfile;

import io.reportfiles.access.Visibility;
import io.reportfiles.persistence.LikePattern;
import io.reportfiles.persistence.ListQuery;
import io.reportfiles.reportfile.ReportFileQuery.Versions;
import io.reportfiles.web.Page;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;

/** From what a list should show to JPQL: {@code f} is the file, {@code o} its organisation. */
final class ReportFileSearch {

    private ReportFileSearch() {}

    static Page<ReportFileDetails> run(EntityManager entities, ReportFileQuery query, Visibility visibility) {
        ListQuery list = ListQuery.over("ReportFile f")
                .with("Organisation o")
                .where("o.code = f.series.organisation")
                .where("f.state in :states", "states", query.states());
        query.organisation()
                .ifPresent(code -> list.where("f.series.organisation = :organisation", "organisation", code));
        query.year().ifPresent(year -> list.where("f.series.year = :year", "year", year));
        query.quarter().ifPresent(quarter -> list.where("f.series.quarter = :quarter", "quarter", quarter.number()));
        query.section().ifPresent(code -> list.where("f.series.section = :section", "section", code));
        query.text().ifPresent(text -> keepWhereFound(list, text));
        if (query.versions() == Versions.LATEST) {
            keepLatest(list);
        }
        if (visibility instanceof Visibility.Some some) {
            keepVisible(list, some);
        }
        Page<Object[]> rows = list.page(
                entities, "f", "f, o.regionCode", Object[].class, query.order().jpql(), query.page());
        return rows.map(ReportFileQueries::details);
    }

    private static void keepWhereFound(ListQuery list, String text) {
        list.with("Section s").where("s.code = f.series.section").where("""
                        (lower(f.filename) like :text escape '!' or lower(o.name) like :text escape '!' \
                        or lower(s.title) like :text escape '!' or lower(f.submittedBy) like :text escape '!')""", "text", LikePattern.containing(text));
    }

    private static void keepLatest(ListQuery list) {
        list.with("Series v")
                .where("v.key.organisation = f.series.organisation")
                .where("v.key.year = f.series.year")
                .where("v.key.quarter = f.series.quarter")
                .where("v.key.section = f.series.section")
                .where("v.currentVersion = f.version");
    }

    private static void keepVisible(ListQuery list, Visibility.Some some) {
        List<String> either = new ArrayList<>();
        if (!some.organisations().isEmpty()) {
            either.add("f.series.organisation in :visibleOrganisations");
            list.set("visibleOrganisations", some.organisations());
        }
        if (!some.regions().isEmpty()) {
            either.add("o.regionCode in :visibleRegions");
            list.set("visibleRegions", some.regions());
        }
        list.where(either.isEmpty() ? "1 = 0" : "(" + String.join(" or ", either) + ")");
    }
}
