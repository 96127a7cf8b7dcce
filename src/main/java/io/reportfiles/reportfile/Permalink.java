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

    private static final String BEGINNING = "/(%1$s)/([^/]+)/([^/]+)/(%1$s)/".formatted(Codes.PATTERN);
    private static final String END = "(?:latest|v([1-9][0-9]{0,8}))";
    private static final Pattern PATH = Pattern.compile(BEGINNING + END);

    /** With what stood around the link in a mail, and in whichever case somebody typed it. */
    private static final Pattern ALTERED = Pattern.compile(BEGINNING + "(?i:" + END + ")[^\\p{L}\\p{N}]{0,16}+");

    /**
     * Reads a path; an id is longer than a code, so the two can't be mixed up.
     *
     * @param path what follows {@code /files}, decoded
     * @return empty if it is no permalink, or one whose period can't be
     */
    public static Optional<Permalink> find(String path) {
        return find(PATH, path);
    }

    /**
     * Reads a path that may have been altered on its way: mail programs take the full stop or the bracket behind a link for
     * a part of it, and people type in another case. Its codes are as they were typed.
     *
     * @param path what follows {@code /files}, decoded
     * @return as {@link #find}
     */
    public static Optional<Permalink> findAltered(String path) {
        return find(ALTERED, path);
    }

    private static Optional<Permalink> find(Pattern form, String path) {
        Matcher parts = form.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<Integer> version = Optional.ofNullable(parts.group(5)).map(Integer::valueOf);
        return Period.find(parts.group(2), parts.group(3))
                .map(period -> new Permalink(parts.group(1), period, parts.group(4), version));
    }

    /** What follows {@code /files} in the link that is given to people. */
    public String path() {
        return "/%s/%d/%s/%s/%s"
                .formatted(
                        organisation,
                        period.year(),
                        period.quarter(),
                        section,
                        version.map(number -> "v" + number).orElse("latest"));
    }

    /** The file it leads to at the moment. To be asked only on behalf of a caller who may see the organisation's files. */
    public Optional<ReportFileDetails> findIn(ReportFiles files) {
        return version.map(number -> files.findVersion(organisation, period, section, number))
                .orElseGet(() -> files.findLatest(organisation, period, section));
    }
}
