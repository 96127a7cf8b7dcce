package io.reportfiles.catalogue;

import java.util.Optional;
import java.util.Set;

/**
 * A section as the API shows it.
 *
 * @param extensions as in {@code names}, for clients that know no other choice
 * @param names which names its files may have
 * @param maxBytes most bytes that a file may have
 * @param checks names of what its files have to pass
 */
public record SectionJson(
        String code, String title, Optional<Set<String>> extensions, Names names, long maxBytes, Set<String> checks) {

    /**
     * One of three.
     *
     * @param any {@code true}, or absent
     * @param patterns with {@code *} and {@code ?}, in upper or lower case
     * @param extensions in lower case, without the dot
     */
    public record Names(Optional<Boolean> any, Optional<Set<String>> patterns, Optional<Set<String>> extensions) {

        static Names of(SectionNames names) {
            if (names instanceof SectionNames.Extensions some) {
                return new Names(Optional.empty(), Optional.empty(), Optional.of(some.extensions()));
            }
            SectionNames.Patterns some = (SectionNames.Patterns) names;
            return some.isAny()
                    ? new Names(Optional.of(true), Optional.empty(), Optional.empty())
                    : new Names(Optional.empty(), Optional.of(some.patterns()), Optional.empty());
        }
    }

    /** The JSON of a section. */
    public static SectionJson of(SectionDetails section) {
        Names names = Names.of(section.names());
        return new SectionJson(
                section.code(), section.title(), names.extensions(), names, section.maxBytes(), section.checks());
    }
}
