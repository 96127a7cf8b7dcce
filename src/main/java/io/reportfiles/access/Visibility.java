package io.reportfiles.access;

import java.util.Set;

/** Which organisations' things a list may show to a caller: the policy in the form that a query can apply. */
public sealed interface Visibility {

    /** Those of all organisations. */
    record Everything() implements Visibility {}

    /**
     * Those of the named organisations and of the organisations in the named regions; nothing when both are empty.
     *
     * @param organisations organisation codes
     * @param regions region codes
     */
    record Some(Set<String> organisations, Set<String> regions) implements Visibility {
        public Some {
            organisations = Set.copyOf(organisations);
            regions = Set.copyOf(regions);
        }
    }
}
