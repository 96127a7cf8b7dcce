package io.reportfiles.reportfile;

import io.reportfiles.catalogue.Quarter;
import io.reportfiles.web.PageRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a list of report files shows. An empty filter filters nothing.
 *
 * @param organisation code of the organisation
 * @param year the fiscal year
 * @param quarter the quarter, of any year unless that is given as well
 * @param section code of the section
 * @param text part of the file name, of the organisation's name, of the section's title or of the submitter's name, in
 *     upper or lower case
 * @param states the states to show, at least one
 * @param versions which versions of each series
 * @param order how to sort
 * @param page which part of the list
 */
public record ReportFileQuery(
        Optional<String> organisation,
        Optional<Integer> year,
        Optional<Quarter> quarter,
        Optional<String> section,
        Optional<String> text,
        Set<ReportFileState> states,
        Versions versions,
        ReportFileOrder order,
        PageRequest page) {

    /** Which versions of a series a list shows. */
    public enum Versions {
        ALL,
        /** The highest available version of each series. */
        LATEST
    }

    /** Refuses a list of no state, which could have nothing in it. */
    public ReportFileQuery {
        states = Set.copyOf(states);
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(page, "page");
        if (states.isEmpty()) {
            throw new IllegalArgumentException("no state to show");
        }
    }
}
