package io.reportfiles.reportfile;

import io.reportfiles.access.Visibility;
import io.reportfiles.persistence.LikePattern;
import io.reportfiles.persistence.ListQuery;
import io.reportfiles.reportfile.ReportFileQuery.Versions;
import io.reportfiles.web.Page;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From what a list should show to JPQL. Over the one table of report files: organisations and sections are asked by
 * themselves, so that a database can walk an index in the list's order and stop at the end of the page.
 */
final class ReportFileSearch {

    private ReportFileSearch() {}

    static Page<ReportFileDetails> run(EntityManager entities, ReportFileQuery query, Visibility visibility) {
        ListQuery list = ListQuery.over("ReportFile f").where("f.state in :states", "states", query.states());
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
        Page<ReportFile> page =
                list.page(entities, "f", "f", ReportFile.class, query.order().jpql(), query.page());
        Map<String, String> regions = regionsOf(entities, page.items());
        return page.map(file ->
                file.details(Optional.ofNullable(regions.get(file.series().organisation()))));
    }

    private static void keepWhereFound(ListQuery list, String text) {
        list.where("""
                (lower(f.filename) like :text escape '!' or lower(f.submittedBy) like :text escape '!' \
                or f.series.organisation in \
                (select o.code from Organisation o where lower(o.name) like :text escape '!') \
                or f.series.section in \
                (select s.code from Section s where lower(s.title) like :text escape '!'))""", "text", LikePattern.containing(text));
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
            either.add("f.series.organisation in "
                    + "(select r.code from Organisation r where r.regionCode in :visibleRegions)");
            list.set("visibleRegions", some.regions());
        }
        list.where(either.isEmpty() ? "1 = 0" : "(" + String.join(" or ", either) + ")");
    }

    /** From organisation to region, for those that have one. */
    private static Map<String, String> regionsOf(EntityManager entities, List<ReportFile> files) {
        Set<String> codes =
                files.stream().map(file -> file.series().organisation()).collect(Collectors.toSet());
        if (codes.isEmpty()) {
            return Map.of();
        }
        return entities
                .createQuery(
                        "select o.code, o.regionCode from Organisation o where o.code in :codes and o.regionCode is not null",
                        Object[].class)
                .setParameter("codes", codes)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (String) row[1]));
    }
}
