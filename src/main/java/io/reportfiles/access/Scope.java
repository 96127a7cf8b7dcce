package io.reportfiles.access;

import java.util.Optional;

/**
 * Whose thing an action concerns: the organisation that the thing is <em>stored</em> under and that organisation's
 * region, or the installation as a whole. Never built from what a client says about ownership.
 */
public sealed interface Scope {

    /**
     * A thing of one organisation.
     *
     * @param organisation the organisation's code
     * @param region the code of its region, empty where the organisation belongs to none
     */
    record OfOrganisation(String organisation, Optional<String> region) implements Scope {}

    /** Something that belongs to no organisation, such as the list of accounts. */
    record Installation() implements Scope {}
}
