package io.reportfiles.account;

/**
 * Who has signed in at an identity provider or with a directory, in its words.
 *
 * @param issuer the provider's address, or what stands for the directory
 * @param subject what it calls the person; never changes and is never given to anybody else
 * @param name proposed for a new account, whatever it is
 * @param profile display name, and what the configured mapping gives: no roles where it gives none
 */
public record ExternalIdentity(String issuer, String subject, String name, AccountProfile profile) {

    private static final int MAX_LENGTH = 255;

    public ExternalIdentity {
        if (issuer.isBlank() || subject.isBlank() || issuer.length() > MAX_LENGTH || subject.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "issuer of %d, subject of %d characters".formatted(issuer.length(), subject.length()));
        }
    }

    /** Issuer and subject: the one key of the person. An issuer has no blank in it. */
    String key() {
        return issuer + " " + subject;
    }

    /** Whether the mapping lets the person in. */
    boolean isMapped() {
        return !profile.roles().isEmpty();
    }
}
