package io.reportfiles.catalogue;

import io.reportfiles.web.problem.ProblemException;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.Set;

/** An organisation as a client sends it; a new one without a region belongs to none. */
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

    /**
     * The new values of an organisation, whose code a client may leave out but not change.
     *
     * @param sent the names of the members that were sent: without a region among them it stays where it is
     */
    OrganisationDetails changed(OrganisationDetails existing, Set<String> sent) {
        if (code != null && !code.equals(existing.code())) {
            throw ProblemException.invalid("code", "The code can't be changed; it has to be that of the address.");
        }
        OrganisationDetails changed = details(existing.code());
        return sent.contains("region")
                ? changed
                : new OrganisationDetails(changed.code(), changed.name(), changed.type(), existing.region());
    }

    private OrganisationDetails details(String finalCode) {
        return new OrganisationDetails(finalCode, name.strip(), type.strip(), Optional.ofNullable(region));
    }
}
