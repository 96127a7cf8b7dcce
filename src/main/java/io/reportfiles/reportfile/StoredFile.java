package io.reportfiles.reportfile;

import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where and what the bytes of a report file are. Immutable, like the bytes.
 *
 * @param object which object version holds them
 * @param size how many they are, 0 or more
 * @param sha256 their SHA-256, 64 hexadecimal digits in lower case
 * @param crc32c their CRC32C, the base64 of its four bytes in network order
 * @param crc32 their CRC-32, as ZIP files have it: 8 hexadecimal digits in lower case
 * @param encoding what they are written in, if all of them are known to be text
 */
public record StoredFile(
        ObjectVersion object, long size, String sha256, String crc32c, String crc32, Optional<TextEncoding> encoding) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern CRC32 = Pattern.compile("[0-9a-f]{8}");
    private static final Pattern CRC32C = Pattern.compile("[A-Za-z0-9+/]{6}==");

    /** Refuses a negative size and digests of another form. */
    public StoredFile {
        Objects.requireNonNull(object, "object");
        if (size < 0) {
            throw new IllegalArgumentException("size %d (expected >= 0)".formatted(size));
        }
        if (!SHA256.matcher(sha256).matches()
                || !CRC32C.matcher(crc32c).matches()
                || !CRC32.matcher(crc32).matches()) {
            throw new IllegalArgumentException(
                    "sha256 \"%s\", crc32c \"%s\", crc32 \"%s\"".formatted(sha256, crc32c, crc32));
        }
    }

    /** The digest as a header field carries it (RFC 9530 §3): a client compares it with that of its own bytes. */
    public String reprDigest() {
        byte[] digest = HexFormat.of().parseHex(sha256);
        return "sha-256=:%s:".formatted(Base64.getEncoder().encodeToString(digest));
    }

    /**
     * Opens some of the bytes. The caller closes what it gets.
     *
     * @param part which of them, all inside the file; a file of no bytes has no part
     * @throws ObjectStoreException as {@link ObjectStore#open} says
     */
    public ObjectContent open(ObjectStore store, ByteRange part) throws ObjectStoreException {
        if (part.end() > size) {
            throw new IllegalArgumentException("%s of %d bytes".formatted(part, size));
        }
        return store.open(object, part);
    }
}
