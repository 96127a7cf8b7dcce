package io.reportfiles.storage.s3;

import io.reportfiles.storage.BulkInputStream;
import io.reportfiles.storage.ObjectStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * One part in memory: filled from the source by the upload's thread, then read by the thread that sends it, as often as
 * the SDK tries. Belongs to one thread at a time; handing it over is up to the executor.
 */
final class PartBuffer {

    /** What a buffer's memory is counted as. */
    enum Origin {
        /** One of the reserved first pages. */
        FIRSTS,
        /** Memory for buffers of any size. */
        SHARED
    }

    private final PartBuffers home;
    private Origin origin;
    private final List<byte[]> pages = new ArrayList<>();
    private final CRC32C crc = new CRC32C();
    private long length;

    PartBuffer(PartBuffers home, Deque<byte[]> pages, Origin origin) {
        this.home = home;
        this.origin = origin;
        this.pages.addAll(pages);
    }

    /** Bytes it holds. */
    long length() {
        return length;
    }

    /** Forgets its bytes, for being filled anew. */
    void clear() {
        length = 0;
        crc.reset();
    }

    /** Gives its memory back. */
    void release() {
        home.release(new ArrayDeque<>(pages), origin);
        pages.clear();
        clear();
    }

    /** Takes the memory of another buffer, which is of no use afterwards; both are parts of a large file. */
    void takeOver(PartBuffer other) {
        pages.addAll(other.pages);
        other.pages.clear();
    }

    /** Grows to hold {@code bytes} if the memory for it is free at once. */
    boolean tryGrow(long bytes) throws ObjectStoreException {
        long missing = bytes - capacity();
        if (missing > 0) {
            Optional<Deque<byte[]>> further =
                    origin == Origin.FIRSTS ? home.tryExchangeFirst(bytes) : home.tryAcquire(missing);
            further.ifPresent(free -> {
                pages.addAll(free);
                origin = Origin.SHARED;
            });
        }
        return capacity() >= bytes;
    }

    /** Whether it holds nothing that others may be waiting for. */
    boolean isReserved() {
        return origin == Origin.FIRSTS;
    }

    /** Grows to hold {@code bytes}, waiting for the memory. */
    void grow(long bytes) throws ObjectStoreException {
        long missing = bytes - capacity();
        if (missing <= 0) {
            return;
        }
        pages.addAll(origin == Origin.FIRSTS ? home.exchangeFirst(bytes) : home.acquire(missing));
        origin = Origin.SHARED;
    }

    /** Bytes it has memory for. */
    long capacity() {
        return (long) pages.size() * PartBuffers.PAGE;
    }

    /**
     * Reads on until it holds {@code upTo} bytes or the source ends.
     *
     * @param upTo at most what it has grown to
     */
    void fill(InputStream source, long upTo) throws IOException {
        while (length < upTo) {
            if (fillOnce(source, upTo) < 0) {
                return;
            }
        }
    }

    /**
     * Takes what one read of the source gives.
     *
     * @param upTo more than it holds, at most what it has grown to
     * @return number of bytes, -1 if the source has ended
     */
    int fillOnce(InputStream source, long upTo) throws IOException {
        byte[] page = pages.get((int) (length / PartBuffers.PAGE));
        int offset = (int) (length % PartBuffers.PAGE);
        int count = source.read(page, offset, (int) Math.min(PartBuffers.PAGE - offset, upTo - length));
        if (count > 0) {
            crc.update(page, offset, count);
            length += count;
        }
        return count;
    }

    /** CRC32C of its bytes, four of them, in network order. */
    byte[] crc32c() {
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    }

    /** CRC32C of its bytes in the form of S3's headers. */
    String crc32cInBase64() {
        return Base64.getEncoder().encodeToString(crc32c());
    }

    /** Adds its bytes to a digest. */
    void update(MessageDigest digest) {
        for (long done = 0; done < length; done += PartBuffers.PAGE) {
            digest.update(
                    pages.get((int) (done / PartBuffers.PAGE)), 0, (int) Math.min(PartBuffers.PAGE, length - done));
        }
    }

    /** Its bytes as the body of a request that can be sent again. */
    RequestBody asBody() {
        return RequestBody.fromContentProvider(Reader::new, length, "application/octet-stream");
    }

    private final class Reader extends BulkInputStream {

        private long position;

        @Override
        public int read(byte[] buffer, int offset, int count) {
            if (count == 0) {
                return 0;
            }
            if (position == length) {
                return -1;
            }
            int start = (int) (position % PartBuffers.PAGE);
            int read = (int) Math.min(Math.min(count, PartBuffers.PAGE - start), length - position);
            System.arraycopy(pages.get((int) (position / PartBuffers.PAGE)), start, buffer, offset, read);
            position += read;
            return read;
        }
    }
}
