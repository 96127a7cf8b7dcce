package io.reportfiles.ledger.running;

/** Why a transfer is broken off that nothing is wrong with. */
public enum BreakOff {
    /** An administrator ended it. */
    ADMINISTRATOR,
    /** The node stops. */
    STOPPING,
    /** Its caller may not do it any more. */
    NO_PERMISSION
}
