package io.reportfiles.storage;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far an object that comes in pieces has come. Says all that anybody needs to go on with it, and changes by replacing
 * it with what the store has confirmed since.
 *
 * @param key the object's name once it is whole
 * @param size number of bytes it will have, 0 or more
 * @param uploadId the store's name for the unfinished object; empty exactly when there are no bytes to come
 * @param partSize bytes of each part but the last, at least 1
 * @param partsStored how many parts the store has
 * @param tail what came after these parts and is too short for one
 */
public record PartialObject(
        ObjectKey key, long size, Optional<String> uploadId, long partSize, int partsStored, Optional<Tail> tail) {

    /**
     * Bytes that wait, in an object of their own, for being part of a part.
     *
     * @param object where they are
     * @param size how many, at least 1
     * @param crc32c their CRC32C
     */
    public record Tail(ObjectVersion object, long size, int crc32c) {

        /** Refuses an empty one. */
        public Tail {
            Objects.requireNonNull(object, "object");
            if (size < 1) {
                throw new IllegalArgumentException("a tail of %d bytes (expected >= 1)".formatted(size));
            }
        }
    }

    /** Refuses more parts than there is room for, and a tail that is longer than what is missing. */
    public PartialObject {
        Objects.requireNonNull(key, "key");
        if (size < 0 || partSize < 1 || uploadId.isEmpty() != (size == 0)) {
            throw new IllegalArgumentException("%d bytes in parts of %d as %s".formatted(size, partSize, uploadId));
        }
        long before = Math.min(size, partsStored * partSize);
        if (partsStored < 0
                || (partsStored > 0 && (partsStored - 1) * partSize >= size)
                || tail.filter(rest -> rest.size() > size - before).isPresent()) {
            throw new IllegalArgumentException(
                    "%d parts and %s of %d bytes in parts of %d".formatted(partsStored, tail, size, partSize));
        }
    }

    /** The bytes that the store has confirmed, from the first on. */
    public long received() {
        return inParts() + tail.map(Tail::size).orElse(0L);
    }

    /** Whether all parts are there, so that the object can be made of them. */
    public boolean isWhole() {
        return inParts() == size;
    }

    /**
     * Number of bytes of a part; 0 when the object has fewer parts.
     *
     * @param number of the part, from 1
     */
    public long sizeOfPart(int number) {
        return Math.max(0, Math.min(partSize, size - (number - 1) * partSize));
    }

    /** With one part more, which the tail has become a part of. */
    public PartialObject withPart() {
        return new PartialObject(key, size, uploadId, partSize, partsStored + 1, Optional.empty());
    }

    /** With another tail in the place of the one it has. */
    public PartialObject withTail(Tail longer) {
        return new PartialObject(key, size, uploadId, partSize, partsStored, Optional.of(longer));
    }

    /**
     * CRC32C of the whole object: its four bytes in network order, in Base64.
     *
     * @param parts CRC32C of each part
     */
    public String crc32c(List<Integer> parts) {
        int crc = 0;
        long offset = 0;
        for (int part : parts) {
            long length = Math.min(partSize, size - offset);
            crc = Crc32c.join(crc, part, length);
            offset += length;
        }
        byte[] octets = ByteBuffer.allocate(Integer.BYTES).putInt(crc).array();
        return Base64.getEncoder().encodeToString(octets);
    }

    private long inParts() {
        return Math.min(size, partsStored * partSize);
    }
}
