package io.reportfiles.catalogue;

import io.reportfiles.web.problem.ProblemException;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which names a section's files may have, as a client sends it: exactly one of the members says something. */
public record NamesForm(
        Boolean any,

        @Size(min = 1, max = 50, message = PATTERNS)
        List<@NotNull(message = PATTERN) @Pattern(regexp = NamePattern.ACCEPTED, message = PATTERN) String> patterns,

        @Size(min = 1, max = 50, message = EXTENSIONS)
        List<@NotNull(message = EXTENSION) @Pattern(regexp = EXTENSION_FORM, message = EXTENSION) String> extensions) {

    static final String EXTENSION_FORM = "[a-z0-9]{1,16}";
    static final String EXTENSIONS = "A section accepts 1 to 50 file name extensions.";
    static final String EXTENSION = "An extension has 1 to 16 lower-case letters or digits, without the dot.";

    private static final String PATTERNS = "A section accepts 1 to 50 patterns of file names.";
    private static final String PATTERN =
            "A pattern has 1 to 64 characters that file names can have; * stands for any number of them, ? for one.";

    /** What is said about names in two places, the second of which is older. */
    static SectionNames chosen(NamesForm names, List<String> extensions) {
        if (names == null && extensions == null) {
            throw ProblemException.invalid(
                    "names", "The names of a section's files are missing: give any, patterns or extensions.");
        }
        SectionNames older = extensions == null ? null : new SectionNames.Extensions(Set.copyOf(extensions));
        SectionNames chosen = names == null ? older : names.chosen();
        if (older != null && !chosen.equals(older)) {
            throw ProblemException.invalid("extensions", "The extensions are not those in names; send one of the two.");
        }
        return chosen;
    }

    private SectionNames chosen() {
        List<SectionNames> said = new ArrayList<>();
        if (Boolean.TRUE.equals(any)) {
            said.add(SectionNames.any());
        }
        if (patterns != null) {
            said.add(new SectionNames.Patterns(Set.copyOf(patterns)));
        }
        if (extensions != null) {
            said.add(new SectionNames.Extensions(Set.copyOf(extensions)));
        }
        if (said.size() != 1) {
            throw ProblemException.invalid("names", "The names have exactly one of any, patterns and extensions.");
        }
        return said.get(0);
    }
}
