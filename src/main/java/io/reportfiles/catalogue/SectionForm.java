package io.reportfiles.catalogue;

import io.reportfiles.web.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;

/** A section as a client sends it. */
public record SectionForm(
        @Pattern(regexp = Codes.PATTERN, message = Codes.ACCEPTED)
        String code,

        @NotBlank(message = TITLE) @Size(max = 200, message = TITLE) @Pattern(regexp = Codes.ONE_LINE, message = TITLE)
        String title,

        @Valid NamesForm names,

        @Size(min = 1, max = 50, message = NamesForm.EXTENSIONS)
        List<
                        @NotNull(message = NamesForm.EXTENSION)
                        @Pattern(regexp = NamesForm.EXTENSION_FORM, message = NamesForm.EXTENSION) String>
                extensions,

        @NotNull(message = MAX_BYTES)
        @Min(value = 1, message = MAX_BYTES)
        @Max(value = SectionForm.LARGEST, message = MAX_BYTES)
        Long maxBytes,

        @Size(max = 50, message = CHECKS)
        List<@NotNull(message = CHECK) @Pattern(regexp = "[a-z0-9-]{1,32}", message = CHECK) String> checks) {

    /** The largest object S3 keeps, in bytes. */
    static final long LARGEST = 5L << 40;

    private static final String TITLE = "The title has 1 to 200 characters, none of which controls how text is shown.";
    private static final String CHECKS = "A section has at most 50 checks.";
    private static final String CHECK = "A check is named by 1 to 32 lower-case letters, digits or hyphens.";
    private static final String MAX_BYTES = "The size limit is a number of bytes from 1 to 5497558138880.";

    /** The values of a new one. */
    SectionDetails created() {
        return details(Codes.require(code), Set.of());
    }

    /**
     * The new values of a section, whose code a client may leave out but not change. Without checks those that it has
     * stay: they are taken away by an empty list.
     */
    SectionDetails changed(SectionDetails existing) {
        if (code != null && !code.equals(existing.code())) {
            throw ProblemException.invalid("code", "The code can't be changed; it has to be that of the address.");
        }
        return details(existing.code(), existing.checks());
    }

    private SectionDetails details(String finalCode, Set<String> checksBefore) {
        return new SectionDetails(
                finalCode,
                title.strip(),
                NamesForm.chosen(names, extensions),
                maxBytes,
                checks == null ? checksBefore : Set.copyOf(checks));
    }
}
