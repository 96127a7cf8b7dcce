package io.reportfiles.signin.oidc;

/** The identity provider does not answer, or not as it should: a failure of its or of the configuration. */
final class ProviderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProviderException(String message) {
        super("The identity provider is of no use: " + message);
    }

    ProviderException(String message, Throwable cause) {
        super("The identity provider is of no use: " + message, cause);
    }
}
