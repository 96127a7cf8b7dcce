package io.reportfiles.access;

/** What the {@link AccessPolicy} answers. */
public sealed interface Decision {

    /** The action may go on. */
    record Allowed() implements Decision {}

    /**
     * The action is refused.
     *
     * @param reason one sentence for the caller; names nothing that the caller may not know
     */
    record Denied(String reason) implements Decision {}

    /** Whether the action may go on. */
    default boolean isAllowed() {
        return this instanceof Allowed;
    }
}
