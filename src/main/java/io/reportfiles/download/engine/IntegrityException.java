package io.reportfiles.download.engine;

import java.io.IOException;

/** The bytes that came from the store are not those that were submitted. */
final class IntegrityException extends IOException {

    private static final long serialVersionUID = 1L;

    IntegrityException(String message) {
        super(message);
    }
}
