package io.reportfiles.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One link of a chain of hashes over rows that do not change any more.
 *
 * @param number from 1, without gaps
 * @param row id of the row
 * @param sealedAt when it was made, to the microsecond
 * @param hash that of all this, of the fields of the row and of the link before
 */
public record ChainLink(long number, UUID row, Instant sealedAt, String hash) {

    /** Of what is hashed, and comes first in it. */
    private static final String FORMAT = "1";

    /** What the first link has before it. */
    public static final String NOTHING = "0".repeat(64);

    private static final byte[] ABSENT =
            ByteBuffer.allocate(Integer.BYTES).putInt(-1).array();

    /** The link after {@code hashBefore}. */
    public static ChainLink of(long number, String hashBefore, UUID row, Instant now, List<Optional<String>> fields) {
        Instant sealedAt = now.truncatedTo(ChronoUnit.MICROS); // databases keep no more
        return new ChainLink(number, row, sealedAt, hash(number, hashBefore, sealedAt, fields));
    }

    /** Whether the hash is that of this link of a row with these fields, after {@code hashBefore}. */
    boolean follows(String hashBefore, List<Optional<String>> fields) {
        return hash(number, hashBefore, sealedAt, fields).equals(hash);
    }

    /**
     * SHA-256 in hexadecimal of the number of this format, the hash before, the number, the time of sealing and the fields
     * of the row: each as UTF-8 behind its length in four bytes, so that no two rows are written alike; four bytes of ones
     * for what is not there. Documented for those who verify without us: another way would have another number.
     */
    private static String hash(long number, String hashBefore, Instant sealedAt, List<Optional<String>> fields) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, FORMAT);
            add(digest, hashBefore);
            add(digest, Long.toString(number));
            add(digest, sealedAt.toString());
            for (Optional<String> field : fields) {
                field.ifPresentOrElse(text -> add(digest, text), () -> digest.update(ABSENT));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) { // every Java has it
            throw new IllegalStateException(e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
