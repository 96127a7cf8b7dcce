package io.reportfiles.catalogue;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A kind of report, as it is stored.
 *
 * @param code short and unique, {@link Codes}
 * @param title what people call it
 * @param names which names its files may have
 * @param maxBytes most bytes that a file may have, at least 1
 * @param checks names of what its files have to pass; in alphabetical order
 */
public record SectionDetails(String code, String title, SectionNames names, long maxBytes, Set<String> checks) {

    public SectionDetails {
        checks = Collections.unmodifiableSortedSet(new TreeSet<>(checks));
    }

    /** A section whose files have names with some extensions, and have to pass no checks. */
    public SectionDetails(String code, String title, Set<String> extensions, long maxBytes) {
        this(code, title, new SectionNames.Extensions(extensions), maxBytes, Set.of());
    }
}
