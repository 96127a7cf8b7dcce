package io.reportfiles.access;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Knows how accounts stand now. Any number of threads may call. */
public interface Callers {

    /**
     * The accounts with these ids, whatever their state; an id that nobody has is left out. They are not limited by any
     * credentials.
     */
    Map<UUID, Caller> find(Collection<UUID> ids);

    /** The account with this name or id, whatever its state. */
    Optional<Caller> find(String nameOrId);
}
