package io.reportfiles.catalogue;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A kind of report, as it is stored.
 *
 * @param code short and unique, {@link Codes}
 * @param title what people call it
 * @param extensions accepted file name extensions, lower case and without the dot, at least one; in alphabetical order
 * @param maxBytes most bytes that a file may have, at least 1
 * @param checks names of what its files have to pass; in alphabetical order
 */
public record SectionDetails(String code, String title, Set<String> extensions, long maxBytes, Set<String> checks) {

    public SectionDetails {
        extensions = Collections.unmodifiableSortedSet(new TreeSet<>(extensions));
        checks = Collections.unmodifiableSortedSet(new TreeSet<>(checks));
    }

    /** A section whose files have to pass no checks. */
    public SectionDetails(String code, String title, Set<String> extensions, long maxBytes) {
        this(code, title, extensions, maxBytes, Set.of());
    }
}
