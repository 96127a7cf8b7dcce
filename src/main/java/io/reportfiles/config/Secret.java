package io.reportfiles.config;

/**
 * A value that must not be printed.
 *
 * @param value the secret itself
 */
public record Secret(String value) {

    /** Refuses a blank secret, which is always a mistake. */
    public Secret {
        if (value.isBlank()) {
            throw new IllegalArgumentException("blank secret");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
