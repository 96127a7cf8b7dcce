package io.reportfiles.catalogue;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which names a section's files may have. */
public sealed interface SectionNames {

    /** Whether a file of this name is accepted. */
    boolean accept(String name);

    /** The choice in a few words, for lists. */
    String summary();

    /** Every name. */
    static SectionNames any() {
        return new Patterns(Set.of(NamePattern.ANY));
    }

    /**
     * Names that end in one of these, after at least one more character and a dot.
     *
     * @param extensions lower case and without the dot, in alphabetical order
     */
    record Extensions(Set<String> extensions) implements SectionNames {

        public Extensions {
            extensions = sorted(extensions);
        }

        @Override
        public boolean accept(String name) {
            return extensions.stream().anyMatch(extension -> new NamePattern("?*." + extension).matches(name));
        }

        @Override
        public String summary() {
            return String.join(" ", extensions);
        }
    }

    /**
     * Names that look like one of these.
     *
     * @param patterns the texts of {@link NamePattern}s, in alphabetical order
     */
    record Patterns(Set<String> patterns) implements SectionNames {

        public Patterns {
            patterns = sorted(patterns.stream()
                    .map(pattern -> new NamePattern(pattern).text())
                    .collect(Collectors.toSet()));
        }

        @Override
        public boolean accept(String name) {
            return patterns.stream().anyMatch(pattern -> new NamePattern(pattern).matches(name));
        }

        /** Whether every name is accepted. */
        boolean isAny() {
            return patterns.equals(Set.of(NamePattern.ANY));
        }

        @Override
        public String summary() {
            return isAny() ? "any name" : String.join(" ", patterns);
        }
    }

    private static Set<String> sorted(Set<String> texts) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(texts));
    }
}
