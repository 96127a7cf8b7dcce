package io.reportfiles.reportfile;

import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.Quarter;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Objects;

/**
 * Names a series: organisation × period × section. Its four columns stand in each report file as well, so that lists
 * are filtered and sorted in one table.
 */
@Embeddable
class SeriesKey implements Serializable {

    private static final long serialVersionUID = 1L;

    @Column(name = "organisation_code", updatable = false)
    private String organisation;

    @Column(name = "fiscal_year", updatable = false)
    private int year;

    @Column(name = "fiscal_quarter", updatable = false)
    private int quarter;

    @Column(name = "section_code", updatable = false)
    private String section;

    protected SeriesKey() {}

    SeriesKey(String organisation, Period period, String section) {
        this.organisation = organisation;
        this.year = period.year();
        this.quarter = period.quarter().number();
        this.section = section;
    }

    String organisation() {
        return organisation;
    }

    Period period() {
        return new Period(year, Quarter.of(quarter));
    }

    String section() {
        return section;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesKey that
                && organisation.equals(that.organisation)
                && year == that.year
                && quarter == that.quarter
                && section.equals(that.section);
    }

    @Override
    public int hashCode() {
        return Objects.hash(organisation, year, quarter, section);
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(organisation, period(), section);
    }
}
