package io.reportfiles.download.engine;

import java.io.IOException;

/** The reader's connection broke while bytes were written to it: nobody is left to be told. */
final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    ClientGoneException(Exception cause) {
        super("The reader left: " + cause.getMessage(), cause);
    }
}
