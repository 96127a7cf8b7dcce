package io.reportfiles.submission.tus;

import java.io.IOException;

/** Another request goes on with the upload: what this one still has to say does not count. */
final class TakenOverException extends IOException {

    private static final long serialVersionUID = 1L;

    TakenOverException() {
        super("another request has taken the upload over");
    }
}
