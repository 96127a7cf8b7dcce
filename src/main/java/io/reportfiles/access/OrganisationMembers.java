package io.reportfiles.access;

import java.util.List;

/** Knows who acts for an organisation. Any number of threads may call. */
public interface OrganisationMembers {

    /**
     * The active accounts of an organisation, in the order of their names.
     *
     * @param organisation the organisation's code
     */
    List<Caller> activeMembers(String organisation);
}
