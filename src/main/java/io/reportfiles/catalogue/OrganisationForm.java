package io.reportfiles.catalogue;

import io.reportfiles.web.ProblemException;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/** An organisation as a client sends it; without a region it belongs to none. */
public record OrganisationForm(
        @Pattern(regexp = Codes.PATTERN, message = Codes.ACCEPTED)
        String code,

        @NotBlank(message = NAME) @Size(max = 200, message = NAME) @Pattern(regexp = Codes.ONE_LINE, message = NAME)
        String name,

        @NotBlank(message = TYPE) @Size(max = 64, message = TYPE) @Pattern(regexp = Codes.ONE_LINE, message = TYPE)
        String type,

        @Pattern(regexp = Codes.PATTERN, message = Codes.ACCEPTED)
        String region) {

    private static final String NAME = "The name has 1 to 200 characters, none of which controls how text is shown.";
    private static final String TYPE = "The type has 1 to 64 characters, such as state, tribe or agency.";

    /** The values of a new one. */
    OrganisationDetails created() {
        return details(Codes.require(code));
    }

    /** The new values of the one with this code, which a client may leave out but not change. */
    OrganisationDetails changed(String existing) {
        if (code != null && !code.equals(existing)) {
            throw ProblemException.invalid("code", "The code can't be changed; it has to be that of the address.");
        }
        return details(existing);
    }

    private OrganisationDetails details(String finalCode) {
        return new OrganisationDetails(finalCode, name.strip(), type.strip(), Optional.ofNullable(region));
    }
}
