package io.reportfiles.ledger;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A node that knows of no others but those that were lost. */
public final class OneNode implements Nodes {

    private final UUID id = UUID.randomUUID();
    private final Set<UUID> lost = ConcurrentHashMap.newKeySet();

    @Override
    public UUID self() {
        return id;
    }

    /** Takes a node for gone from now on. */
    public void lose(UUID node) {
        lost.add(node);
    }

    @Override
    public boolean isGone(UUID node) {
        return lost.contains(node);
    }
}
