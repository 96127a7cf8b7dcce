package io.reportfiles.inspection;

import java.io.IOException;

/** The scanner does not take as many bytes as the file has. */
final class TooLargeToScanException extends IOException {

    private static final long serialVersionUID = 1L;

    TooLargeToScanException(long maxBytes) {
        super("more than the %d bytes that are scanned".formatted(maxBytes));
    }
}
