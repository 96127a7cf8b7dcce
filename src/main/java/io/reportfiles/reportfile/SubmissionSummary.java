package io.reportfiles.reportfile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Published report files, counted in groups by when they were submitted, as the API shows them.
 *
 * @param from submitted at this time or later
 * @param until submitted before this time
 * @param zone whose days are meant
 * @param items the groups that have files
 */
public record SubmissionSummary(Instant from, Instant until, String zone, List<Item> items) {

    /**
     * A group; of what it was grouped by, what it has.
     *
     * @param day such as 2026-03-31
     * @param files number of files
     * @param bytes their sizes together
     */
    public record Item(
            Optional<String> day, Optional<String> organisation, Optional<String> section, long files, long bytes) {}
}
