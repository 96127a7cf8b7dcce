package io.reportfiles.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One link of a chain of hashes over rows that do not change any more.
 *
 * @param number from 1, without gaps
 * @param row id of the row
 * @param hash that of the fields of the row and of the link before
 */
record ChainLink(long number, UUID row, String hash) {

    /** What the first link has before it. */
    static final String NOTHING = "0".repeat(64);

    private static final byte[] ABSENT =
            ByteBuffer.allocate(Integer.BYTES).putInt(-1).array();

    /** The link after {@code hashBefore}. */
    static ChainLink of(long number, String hashBefore, UUID row, List<Optional<String>> fields) {
        return new ChainLink(number, row, hash(number, hashBefore, fields));
    }

    /**
     * SHA-256 in hexadecimal of the hash before, the number and the fields of the row: each as UTF-8 behind its length in
     * four bytes, so that no two rows are written alike; four bytes of ones for what is not there. Documented for who
     * verifies without us: it does not change.
     */
    static String hash(long number, String hashBefore, List<Optional<String>> fields) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, hashBefore);
            add(digest, Long.toString(number));
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
