package io.reportfiles.access;

/** What the {@link AccessPolicy} answers. */
public sealed interface Decision {

    /** Why, in a sentence for administrators. */
    DecisionReason ground();

    /**
     * The action may go on.
     *
     * @param ground what allows it
     */
    record Allowed(DecisionReason ground) implements Decision {}

    /**
     * The action is refused.
     *
     * @param ground what is missing
     */
    record Denied(DecisionReason ground) implements Decision {

        /** One sentence for the caller, which tells nothing about the thing, nor what else would have been missing. */
        public String reason() {
            return switch (ground) {
                case LIMITED_TOKEN -> "The access token that came with this request is not good for this.";
                case ONLY_SEEN -> "You only see what this account would see. Go back to your own account for this.";
                default -> "Your account does not have the permission for this.";
            };
        }
    }

    /** Whether the action may go on. */
    default boolean isAllowed() {
        return this instanceof Allowed;
    }
}
