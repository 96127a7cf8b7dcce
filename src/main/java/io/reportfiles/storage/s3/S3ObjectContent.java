package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectTruncatedException;
import java.io.IOException;
import java.util.Objects;

/** An answer of S3 being read. Its connection goes back to the pool with the last byte, or is broken off. */
final class S3ObjectContent extends ObjectContent {

    private final String what;
    private final S3Answer answer;
    private long left;
    private boolean open = true;

    S3ObjectContent(String what, S3Answer answer, long length) {
        this.what = what;
        this.answer = answer;
        this.left = length;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws ObjectStoreException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        if (!open) {
            throw new ObjectTruncatedException("%s: read after close, %d bytes short".formatted(what, left));
        }
        int count = readSome(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            close();
            throw new ObjectTruncatedException("%s: ended %d bytes short".formatted(what, left));
        }
        left -= count;
        if (left == 0) {
            handBack();
        }
        return count;
    }

    private int readSome(byte[] buffer, int offset, int length) throws ObjectStoreException {
        try {
            return answer.body().read(buffer, offset, length);
        } catch (IOException | RuntimeException failure) {
            close();
            throw S3Failures.ofReading("%s, %d bytes short".formatted(what, left), answer.requestId(), failure);
        }
    }

    /** Lets the pool use the connection again, which can be had only when nothing is left to read. */
    private void handBack() {
        open = false;
        try {
            answer.body().close();
        } catch (IOException | RuntimeException failure) {
            answer.abort(); // all bytes have arrived; only the connection is lost
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            answer.abort(); // not close(), which reads the rest first
        }
    }
}
