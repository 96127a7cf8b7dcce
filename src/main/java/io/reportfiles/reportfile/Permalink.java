package io.reportfiles.reportfile;

import io.reportfiles.catalogue.Codes;
import io.reportfiles.catalogue.Period;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link that stays the same while versions come and go: {@code /{organisation}/{year}/{quarter}/{section}/latest} or
 * {@code …/v{n}}.
 *
 * @param organisation code of the organisation, which need not exist
 * @param period what time the report is about
 * @param section code of the section, which need not exist
 * @param version the version, empty for the latest
 */
public record Permalink(String organisation, Period period, String section, Optional<Integer> version) {

    private static final Pattern PATH =
            Pattern.compile("/(%1$s)/([^/]+)/([^/]+)/(%1$s)/(?:latest|v([1-9][0-9]{0,8}))".formatted(Codes.PATTERN));

    /**
     * Reads a path; an id is longer than a code, so the two can't be mixed up.
     *
     * @param path what follows {@code /files}, decoded
     * @return empty if it is no permalink, or one whose period can't be
     */
    public static Optional<Permalink> find(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<Integer> version = Optional.ofNullable(parts.group(5)).map(Integer::valueOf);
        return Period.find(parts.group(2), parts.group(3))
                .map(period -> new Permalink(parts.group(1), period, parts.group(4), version));
    }

    /** The file it leads to at the moment. To be asked only on behalf of a caller who may see the organisation's files. */
    public Optional<ReportFileDetails> findIn(ReportFiles files) {
        return version.map(number -> files.findVersion(organisation, period, section, number))
                .orElseGet(() -> files.findLatest(organisation, period, section));
    }
}
