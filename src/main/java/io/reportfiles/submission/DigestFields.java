package io.reportfiles.submission;

import io.reportfiles.web.problem.ProblemException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client says of the bytes it sends: {@code Repr-Digest} and {@code Content-Digest} (RFC 9530), which are the same
 * here, since nothing is accepted in parts or encoded. SHA-256 counts, other algorithms are ignored (RFC 9530 §2).
 */
final class DigestFields {

    /** The fields that announce a digest. */
    static final List<String> NAMES = List.of("Repr-Digest", "Content-Digest");

    private static final String ALGORITHM = "sha-256";
    private static final int BYTES = 32;

    // A member of a dictionary whose values are byte sequences (RFC 8941 §3.2, §3.3.5), with parameters that mean
    // nothing.
    private static final Pattern MEMBER =
            Pattern.compile("[ \\t]*+(?<key>[a-z*][a-z0-9_.*-]*+)=:(?<value>[A-Za-z0-9+/]*+={0,2}+):"
                    + "(?:; *+[a-z*][^,;\"]*+)*+[ \\t]*+(?:,|\\z)");

    private DigestFields() {}

    /**
     * The SHA-256 that these fields announce, in lower-case hexadecimal.
     *
     * @param fields from one of the {@link #NAMES} to its value, several lines joined with commas
     * @throws ProblemException if one is malformed, or they contradict each other
     */
    static Optional<String> sha256(Map<String, String> fields) {
        Optional<String> announced = Optional.empty();
        for (String name : NAMES) {
            Optional<String> found = Optional.ofNullable(fields.get(name)).flatMap(value -> sha256(name, value));
            announced = agreed(name, announced, found);
        }
        return announced;
    }

    /**
     * The one digest of two announcements.
     *
     * @param name what to blame where they contradict each other
     */
    static Optional<String> agreed(String name, Optional<String> one, Optional<String> other) {
        if (one.isPresent() && other.isPresent() && !one.equals(other)) {
            throw ProblemException.invalid(name, "Two different SHA-256 digests are announced.");
        }
        return one.or(() -> other);
    }

    private static Optional<String> sha256(String name, String value) {
        Optional<String> digest = Optional.empty();
        Matcher member = MEMBER.matcher(value);
        int position = 0;
        while (position < value.length()) {
            boolean found = member.region(position, value.length()).lookingAt();
            if (!found || (member.end() == value.length() && value.endsWith(","))) {
                throw malformed(name);
            }
            if (member.group("key").equals(ALGORITHM)) {
                digest = Optional.of(hex(name, member.group("value"))); // the last one counts (RFC 8941 §4.2.2)
            }
            position = member.end();
        }
        return digest;
    }

    private static String hex(String name, String base64) {
        byte[] digest;
        try {
            digest = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw malformed(name);
        }
        if (digest.length != BYTES) {
            throw malformed(name);
        }
        return HexFormat.of().formatHex(digest);
    }

    private static ProblemException malformed(String name) {
        return ProblemException.invalid(
                name,
                "%s has to be of the form sha-256=:BASE64:, with the base64 of %d bytes between the colons."
                        .formatted(name, BYTES));
    }
}
