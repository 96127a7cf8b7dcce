package io.reportfiles.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How transfers that nobody brings to an end are noticed.
 *
 * @param node name of this node; empty for one that has none
 * @param lease how long a node counts as alive without a sign of life
 * @param anchorInterval how long the newest link of a chain waits at most until it is noted outside the database
 */
public record LedgerSettings(Optional<String> node, Duration lease, Duration anchorInterval) {

    static final Setting<String> NODE = Setting.text(
                    "reportfiles.ledger.node", "[A-Za-z0-9._-]{1,64}", "1 to 64 letters, digits or . _ -")
            .meaning("Name of this node, which no other node that shares the database may have. With it a restart"
                    + " knows at once which downloads its predecessor left unfinished; without it they are found when"
                    + " the predecessor's lease has run out.");
    static final Setting<Duration> LEASE = Setting.duration("reportfiles.ledger.lease", "4s", "1h")
            .or("20s")
            .meaning("How long a node counts as alive without a sign of life, of which it gives four during this time."
                    + " Downloads of a dead one are then shown as `INTERRUPTED`. The clocks of the nodes have to agree"
                    + " to a small part of it.");

    static final Setting<Duration> ANCHOR_INTERVAL = Setting.duration("reportfiles.ledger.anchor-interval", "30s", "7d")
            .or("1h")
            .meaning(
                    "How often the newest seals of audit and ledger, if there are new ones, are noted in the log and, as"
                            + " objects that are never changed, in the bucket.");

    static final List<Setting<?>> ALL = List.of(NODE, LEASE, ANCHOR_INTERVAL);

    static LedgerSettings read(SettingsReader reader) {
        return new LedgerSettings(reader.find(NODE), reader.read(LEASE), reader.read(ANCHOR_INTERVAL));
    }
}
