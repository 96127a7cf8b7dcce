package io.reportfiles.catalogue;

import io.reportfiles.web.problem.ProblemException;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** A region as a client sends it. */
public record RegionForm(
        @Pattern(regexp = Codes.PATTERN, message = Codes.ACCEPTED)
        String code,

        @NotBlank(message = NAME) @Size(max = 200, message = NAME) @Pattern(regexp = Codes.ONE_LINE, message = NAME)
        String name) {

    private static final String NAME = "The name has 1 to 200 characters, none of which controls how text is shown.";

    /** The values of a new one. */
    RegionDetails created() {
        return details(Codes.require(code));
    }

    /** The new values of the one with this code, which a client may leave out but not change. */
    RegionDetails changed(String existing) {
        if (code != null && !code.equals(existing)) {
            throw ProblemException.invalid("code", "The code can't be changed; it has to be that of the address.");
        }
        return details(existing);
    }

    private RegionDetails details(String finalCode) {
        return new RegionDetails(finalCode, name.strip());
    }
}
