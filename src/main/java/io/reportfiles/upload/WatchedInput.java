package io.reportfiles.upload;

import io.reportfiles.storage.BulkInputStream;
import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes of an upload that others can watch and put an end to. Reading is for one thread; {@link #count} and {@link #end}
 * are for any. The source is left open.
 */
public final class WatchedInput extends BulkInputStream {

    private final InputStream source;
    private volatile long count;
    private volatile boolean isEnded;

    /** Watches {@code source}. */
    public WatchedInput(InputStream source) {
        this.source = source;
    }

    /** How many bytes have come. */
    public long count() {
        return count;
    }

    /** No further byte is let through. */
    public void end() {
        isEnded = true;
    }

    /** Whether somebody has ended it. */
    public boolean isEnded() {
        return isEnded;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the one thread that reads
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = source.read(buffer, offset, length);
        if (isEnded) {
            throw RefusedBodyException.of(ended());
        }
        count += Math.max(0, read);
        return read;
    }

    /** What an upload is answered that was ended by others. */
    public static ProblemException ended() {
        return new ProblemException(
                ProblemType.CONFLICT, "An administrator has ended this upload; nothing of it was stored.");
    }
}
