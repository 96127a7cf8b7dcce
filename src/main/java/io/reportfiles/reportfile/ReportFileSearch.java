package io.reportfiles.reportfile;

import io.reportfiles.access.Visibility;
import io.reportfiles.persistence.LikePattern;
import io.reportfiles.persistence.ListQuery;
import io.reportfiles.reportfile.ReportFileQuery.Versions;
import io.reportfiles.web.Page;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
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

    /** Asked of each file on its way, so that nothing is gathered before the page is full. */
    private static final String LATEST = """
            exists (select 1 from Series v where v.key.organisation = f.series.organisation
            and v.key.year = f.series.year and v.key.quarter = f.series.quarter
            and v.key.section = f.series.section and v.currentVersion = f.version)""";

    private static final String ORGANISATIONS_IN = "select o.code from Organisation o where o.regionCode in ?1";
    private static final String ORGANISATIONS_CALLED =
            "select o.code from Organisation o where lower(o.name) like ?1 escape '!'";
    private static final String SECTIONS_TITLED =
            "select s.code from Section s where lower(s.title) like ?1 escape '!'";

    private ReportFileSearch() {}

    static Page<ReportFileDetails> run(EntityManager entities, ReportFileQuery query, Visibility visibility) {
        ListQuery list = ListQuery.over("ReportFile f");
        keepStates(list, query.states());
        query.organisation()
                .ifPresent(code -> list.where("f.series.organisation = :organisation", "organisation", code));
        query.year().ifPresent(year -> list.where("f.series.year = :year", "year", year));
        query.quarter().ifPresent(quarter -> list.where("f.series.quarter = :quarter", "quarter", quarter.number()));
        query.section().ifPresent(code -> list.where("f.series.section = :section", "section", code));
        query.text().ifPresent(text -> keepWhereFound(entities, list, text));
        if (query.versions() == Versions.LATEST) {
            list.where(LATEST);
        }
        if (visibility instanceof Visibility.Some some) {
            keepVisible(entities, list, some);
        }
        String order = query.order().jpql(query.states());
        Page<ReportFile> page = Page.read(list, entities, "f", ReportFile.class, order, query.page());
        Map<String, String> regions = regionsOf(entities, page.items());
        return page.map(file ->
                file.details(Optional.ofNullable(regions.get(file.series().organisation()))));
    }

    /** Nearly all files are available: gathering those would be to gather all, and then to sort them. */
    private static void keepStates(ListQuery list, Set<ReportFileState> states) {
        if (states.contains(ReportFileState.AVAILABLE)) {
            Arrays.stream(ReportFileState.values())
                    .filter(state -> !states.contains(state))
                    .forEach(hidden -> list.where("f.state <> :hide" + hidden, "hide" + hidden, hidden));
        } else {
            list.where("f.state in :states", "states", states);
        }
    }

    private static void keepWhereFound(EntityManager entities, ListQuery list, String text) {
        String pattern = LikePattern.containing(text);
        List<String> either = new ArrayList<>(
                List.of("f.filenameFolded like :text escape '!'", "lower(f.submittedBy) like :text escape '!'"));
        list.set("text", pattern);
        keepAnyOf(list, "f.series.organisation", "found", codes(entities, ORGANISATIONS_CALLED, pattern), either);
        keepAnyOf(list, "f.series.section", "titled", codes(entities, SECTIONS_TITLED, pattern), either);
        list.where("(" + String.join(" or ", either) + ")");
    }

    private static void keepVisible(EntityManager entities, ListQuery list, Visibility.Some some) {
        Set<String> organisations = new HashSet<>(some.organisations());
        if (!some.regions().isEmpty()) {
            organisations.addAll(codes(entities, ORGANISATIONS_IN, some.regions()));
        }
        List<String> either = new ArrayList<>();
        keepAnyOf(list, "f.series.organisation", "visible", organisations, either);
        list.where(either.isEmpty() ? "1 = 0" : either.get(0));
    }

    private static void keepAnyOf(
            ListQuery list, String column, String parameter, Collection<String> codes, List<String> either) {
        if (!codes.isEmpty()) {
            either.add("%s in :%s".formatted(column, parameter));
            list.set(parameter, codes);
        }
    }

    private static List<String> codes(EntityManager entities, String jpql, Object parameter) {
        return entities.createQuery(jpql, String.class)
                .setParameter(1, parameter)
                .getResultList();
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
