package io.reportfiles.config;

/** A setting has a value that cannot be used. The message names key, value (unless secret) and what is accepted. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Takes one sentence for an operator. */
    public SettingsException(String message) {
        super(message);
    }
}
