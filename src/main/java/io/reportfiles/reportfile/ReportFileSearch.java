package io.reportfiles.reportfile;

import io.reportfiles.access.Visibility;
import io.reportfiles.persistence.LikePattern;
import io.reportfiles.reportfile.ReportFileQuery.Versions;
import io.reportfiles.web.Page;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One list of report files on its way to JPQL: {@code f} is the file, {@code o} its organisation, {@code s} its section
 * and {@code v} its series. For one thread.
 */
final class ReportFileSearch {

    private final ReportFileQuery query;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    ReportFileSearch(ReportFileQuery query, Visibility visibility) {
        this.query = query;
        where("o.code = f.series.organisation");
        where("f.state in :states", "states", query.states());
        query.organisation().ifPresent(code -> where("f.series.organisation = :organisation", "organisation", code));
        query.year().ifPresent(year -> where("f.series.year = :year", "year", year));
        query.quarter().ifPresent(quarter -> where("f.series.quarter = :quarter", "quarter", quarter.number()));
        query.section().ifPresent(code -> where("f.series.section = :section", "section", code));
        query.text().ifPresent(this::whereTextIsFound);
        if (query.versions() == Versions.LATEST) {
            where("v.key = f.series and v.currentVersion = f.version");
        }
        if (visibility instanceof Visibility.Some some) {
            whereVisible(some);
        }
    }

    Page<ReportFileDetails> run(EntityManager entities) {
        TypedQuery<Long> count = entities.createQuery("select count(f)" + fromWhere(), Long.class);
        parameters.forEach(count::setParameter);
        long total = count.getSingleResult();
        if (total <= query.page().offset()) {
            return Page.of(List.of(), query.page(), total);
        }
        TypedQuery<Object[]> rows = entities.createQuery(
                "select f, o.regionCode" + fromWhere() + query.order().orderBy(), Object[].class);
        parameters.forEach(rows::setParameter);
        rows.setFirstResult(query.page().offset()).setMaxResults(query.page().size());
        return Page.of(ReportFileQueries.details(rows.getResultList()), query.page(), total);
    }

    private void whereTextIsFound(String text) {
        where("s.code = f.series.section");
        where("""
                (lower(f.filename) like :text escape '!' or lower(o.name) like :text escape '!' \
                or lower(s.title) like :text escape '!' or lower(f.submittedBy) like :text escape '!')""", "text", LikePattern.containing(text));
    }

    private void whereVisible(Visibility.Some some) {
        List<String> either = new ArrayList<>();
        if (!some.organisations().isEmpty()) {
            either.add("f.series.organisation in :ownOrganisations");
            parameters.put("ownOrganisations", some.organisations());
        }
        if (!some.regions().isEmpty()) {
            either.add("o.regionCode in :ownRegions");
            parameters.put("ownRegions", some.regions());
        }
        where(either.isEmpty() ? "1 = 0" : "(" + String.join(" or ", either) + ")");
    }

    private String fromWhere() {
        return " from ReportFile f, Organisation o"
                + (query.text().isPresent() ? ", Section s" : "")
                + (query.versions() == Versions.LATEST ? ", Series v" : "")
                + " where "
                + String.join(" and ", conditions);
    }

    private void where(String condition) {
        conditions.add(condition);
    }

    private void where(String condition, String parameter, Object value) {
        conditions.add(condition);
        parameters.put(parameter, value);
    }
}
