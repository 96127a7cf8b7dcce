package io.reportfiles.submission.tus;

import io.reportfiles.web.problem.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client says the body of one request has.
 *
 * @param algorithm name of it, in the words of the JDK
 * @param value the checksum, in lower-case hex
 */
record UploadChecksum(String algorithm, String value) {

    /** The header field. */
    static final String HEADER = "Upload-Checksum";

    private static final Map<String, String> ALGORITHMS = new TreeMap<>(Map.of("sha1", "SHA-1", "sha256", "SHA-256"));

    /** The algorithms that are known, in the words of the protocol. */
    static String algorithms() {
        return String.join(",", ALGORITHMS.keySet());
    }

    /**
     * Reads the header field.
     *
     * @throws ProblemException if it is malformed or names another algorithm
     */
    static UploadChecksum parse(String header) {
        String[] parts = header.strip().split(" +");
        String algorithm = ALGORITHMS.get(parts[0]);
        if (parts.length != 2 || algorithm == null) {
            throw ProblemException.invalid(
                    HEADER,
                    "Upload-Checksum is the name of an algorithm, a space and the checksum in Base64. Accepted: %s."
                            .formatted(algorithms()));
        }
        try {
            byte[] value = Base64.getDecoder().decode(parts[1]);
            if (value.length == digest(algorithm).getDigestLength()) {
                return new UploadChecksum(algorithm, HexFormat.of().formatHex(value));
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw ProblemException.invalid(HEADER, "The checksum is not one of %s in Base64.".formatted(parts[0]));
    }

    /** A computation of it, with no bytes so far. */
    MessageDigest digest() {
        return digest(algorithm);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
