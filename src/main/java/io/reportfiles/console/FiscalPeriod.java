package io.reportfiles.console;

import java.time.LocalDate;
import java.time.Month;

/**
 * A quarter of a fiscal year.
 *
 * @param year the calendar year in which the fiscal year ends
 * @param quarter {@code Q1} to {@code Q4}
 */
public record FiscalPeriod(int year, String quarter) {

    private static final int MONTHS_OF_A_QUARTER = 3;

    /** The period that a day belongs to when fiscal years begin in {@code start}. */
    static FiscalPeriod of(LocalDate day, Month start) {
        int since = day.getMonth().minus(start.getValue() - 1L).getValue() - 1;
        boolean endsNextYear = start != Month.JANUARY && day.getMonth().compareTo(start) >= 0;
        return new FiscalPeriod(day.getYear() + (endsNextYear ? 1 : 0), "Q" + (since / MONTHS_OF_A_QUARTER + 1));
    }
}
