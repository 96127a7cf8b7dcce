package io.reportfiles.reportfile;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Optional;

/** What the queries of this package share: rows are pairs of a report file and its organisation's region. */
final class ReportFileQueries {

    private ReportFileQueries() {}

    static Optional<ReportFileDetails> first(TypedQuery<Object[]> query) {
        return query.getResultList().stream().findFirst().map(ReportFileQueries::details);
    }

    static ReportFileDetails details(Object[] row) {
        return ((ReportFile) row[0]).details(Optional.ofNullable((String) row[1]));
    }

    static <T> TypedQuery<T> setSeries(TypedQuery<T> query, SeriesKey series) {
        return query.setParameter("organisation", series.organisation())
                .setParameter("year", series.period().year())
                .setParameter("quarter", series.period().quarter().number())
                .setParameter("section", series.section());
    }

    static Optional<Integer> lastAvailableVersion(EntityManager entities, SeriesKey series) {
        return Optional.ofNullable(
                setSeries(entities.createNamedQuery("ReportFile.lastAvailableVersion", Integer.class), series)
                        .getSingleResult());
    }

    static Optional<String> regionOf(EntityManager entities, SeriesKey series) {
        return Optional.ofNullable(
                entities.createQuery("select o.regionCode from Organisation o where o.code = :code", String.class)
                        .setParameter("code", series.organisation())
                        .getSingleResult());
    }
}
