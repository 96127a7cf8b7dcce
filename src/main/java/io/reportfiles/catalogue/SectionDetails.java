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
 */
public record SectionDetails(String code, String title, Set<String> extensions, long maxBytes) {

    public SectionDetails {
        extensions = Collections.unmodifiableSortedSet(new TreeSet<>(extensions));
    }
}
