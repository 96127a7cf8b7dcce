package io.reportfiles.catalogue;

import io.reportfiles.access.Scope;
import java.util.Optional;

/**
 * Who report files belong to, as it is stored.
 *
 * @param code short and unique, {@link Codes}
 * @param name what people call it
 * @param type what kind of organisation it is, such as state, tribe or agency
 * @param region code of its region, empty where it belongs to none
 */
public record OrganisationDetails(String code, String name, String type, Optional<String> region) {

    /** The scope that access to the organisation's things is decided on. */
    public Scope.OfOrganisation scope() {
        return new Scope.OfOrganisation(code, region);
    }
}
