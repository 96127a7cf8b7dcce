package io.reportfiles.submission;

import io.reportfiles.storage.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Bounds what a form may hold besides its file. The limit can be lifted and set again. For one thread. */
final class LimitedInput extends BulkInputStream {

    private final InputStream source;
    private long left;
    private boolean atEnd;

    /**
     * Lets through that many bytes.
     *
     * @param bytes 0 or more
     */
    LimitedInput(InputStream source, long bytes) {
        this.source = source;
        this.left = bytes;
    }

    /** Lets through {@code bytes} from here on. */
    void limit(long bytes) {
        left = bytes;
    }

    /** Lets everything through from here on; what comes is limited elsewhere. */
    void unlimited() {
        left = Long.MAX_VALUE;
    }

    /** Whether the source has ended. */
    boolean isAtEnd() {
        return atEnd;
    }

    /** Reads to the end of the source, so that it is known to be whole. */
    void drain() throws IOException {
        transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = source.read(buffer, offset, length);
        if (count < 0) {
            atEnd = true;
        } else {
            left -= count;
            if (left < 0) {
                throw RefusedBodyException.invalid(FormBody.FILE, "The form holds too much besides its file.");
            }
        }
        return count;
    }
}
