package io.reportfiles.storage;

import java.util.List;

/** Finds out whether the store does all that the application relies on. Many threads may call at once. */
public interface StoreDoctor {

    /**
     * Looks at everything, in the order of {@link StoreFinding.Check}. Stores a small object and removes it again, which
     * takes the store some ten requests. Never throws: what went wrong is a finding.
     */
    List<StoreFinding> examine();
}
