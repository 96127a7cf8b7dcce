package io.reportfiles.storage;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * The full name of an object in its bucket, prefix included. Opaque: it is kept as it was when the object was stored,
 * so that a prefix configured differently later does not hide older files, and nothing is ever read out of it.
 *
 * @param value 1 to {@value #MAX_BYTES} bytes of UTF-8 without control characters, not beginning with a slash
 */
public record ObjectKey(String value) {

    /** The longest key S3 takes, in bytes of UTF-8. */
    public static final int MAX_BYTES = 1024;

    private static final String TAIL = ".tail.";

    /** Refuses what S3 does not take and what stores are known to treat differently from each other. */
    public ObjectKey {
        Objects.requireNonNull(value, "value");
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("key of %d bytes (expected 1 to %d)".formatted(bytes, MAX_BYTES));
        }
        if (value.startsWith("/") || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("key begins with a slash or holds control characters");
        }
    }

    /**
     * The name of an object beside this one, for bytes that are waiting to become part of it.
     *
     * @param unique tells one from another
     */
    public ObjectKey tail(UUID unique) {
        return new ObjectKey(value + TAIL + unique);
    }

    /** What the names of all {@linkplain #tail tails} begin with. */
    public String tails() {
        return value + TAIL;
    }

    /** Whether {@code name} is that of this object, or of one of its {@linkplain #tail tails}. */
    public boolean covers(String name) {
        return name.equals(value) || name.startsWith(tails());
    }

    @Override
    public String toString() {
        return value;
    }
}
