package io.reportfiles.access;

/** What a decision rests on. */
public enum DecisionReason {
    /** Allowed to all. */
    EVERYBODY("Every active account may do this."),
    /** Allowed by a role, wherever. */
    ROLE_EVERYWHERE("A role of the account allows this for all organisations."),
    /** Allowed by a role, and the thing is of the own organisation. */
    OWN_ORGANISATION("A role of the account allows this for the account's own organisation, and this is of it."),
    /** Allowed by a role, and the thing is of the own region. */
    OWN_REGION("A role of the account allows this for the account's own region, and this is of it."),
    /** Denied: nobody approved the account. */
    PENDING("The account waits for approval."),
    /** Denied: somebody deactivated the account. */
    DEACTIVATED("The account is deactivated."),
    /** Denied: the token was made for other actions. */
    LIMITED_TOKEN("The access token that was used is limited to other actions."),
    /** Denied: an administrator looks at what the account would see, and does nothing in its place. */
    ONLY_SEEN("The account is only seen by an administrator, who does nothing in its name."),
    /** Denied: it takes other roles. */
    NO_ROLE("No role of the account allows this anywhere."),
    /** Denied: a role would allow it, but the account acts for no organisation or reviews no region. */
    NO_PLACE("A role of the account would allow this, but the account has no organisation or region for it."),
    /** Denied: a role allows it elsewhere. */
    ELSEWHERE(
            "A role of the account allows this for the account's own organisation or region only, and this is of another.");

    private final String sentence;

    DecisionReason(String sentence) {
        this.sentence = sentence;
    }

    /** For administrators. */
    public String sentence() {
        return sentence;
    }
}
