package io.reportfiles.storage.s3;

import io.reportfiles.storage.BulkInputStream;
import io.reportfiles.storage.ObjectTooLargeException;
import java.io.IOException;
import java.io.InputStream;

/** A source that is refused as soon as it yields more than is accepted, and that can be asked whether it has ended. */
final class LimitedSource extends BulkInputStream {

    private static final int NOT_LOOKED = -2;
    private static final int ENDED = -1;

    private final InputStream source;
    private final long maxBytes;
    private long count; // bytes taken from the source
    private int next = NOT_LOOKED; // the byte behind those handed out, where it was looked at already

    LimitedSource(InputStream source, long maxBytes) {
        this.source = source;
        this.maxBytes = maxBytes;
    }

    /** The most that it yields. */
    long maxBytes() {
        return maxBytes;
    }

    /** Whether there is nothing more; waits for the next byte to know it. */
    boolean hasEnded() throws IOException {
        if (next == NOT_LOOKED) {
            next = source.read();
            count(next < 0 ? 0 : 1);
        }
        return next == ENDED;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next >= 0) {
            buffer[offset] = (byte) next;
            next = NOT_LOOKED;
            return 1;
        }
        if (next == ENDED || (count == maxBytes && hasEnded())) {
            return -1;
        }
        int read = source.read(buffer, offset, (int) Math.min(length, maxBytes - count));
        if (read < 0) {
            next = ENDED;
        } else {
            count(read);
        }
        return read;
    }

    private void count(int bytes) throws ObjectTooLargeException {
        count += bytes;
        if (count > maxBytes) {
            throw new ObjectTooLargeException(maxBytes);
        }
    }
}
