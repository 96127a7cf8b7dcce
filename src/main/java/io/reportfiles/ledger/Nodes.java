package io.reportfiles.ledger;

import java.util.UUID;

/** The nodes that share the database, as they give signs of life in it. Any number of threads may call. */
public interface Nodes {

    /** The id of this node, which is another one after each start. */
    UUID self();

    /** Whether a node is known to have ended: it gives no sign of life any more, or has taken leave. */
    boolean isGone(UUID node);
}
