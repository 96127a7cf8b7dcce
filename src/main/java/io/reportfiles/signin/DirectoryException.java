package io.reportfiles.signin;

/** A directory does not answer, or not as it should: a failure of its or of the configuration. */
public final class DirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong, for the log. */
    public DirectoryException(String message) {
        super("The directory is of no use: " + message);
    }

    /** Says what is wrong and why, for the log. */
    public DirectoryException(String message, Throwable cause) {
        super("The directory is of no use: " + message, cause);
    }
}
