package io.reportfiles.submission.tus;

import io.reportfiles.submission.SubmissionFields;
import io.reportfiles.web.http.StrictUtf8;
import io.reportfiles.web.problem.ProblemException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code Upload-Metadata} of a new upload: pairs of a key and a value in Base64, separated by commas. Keys that mean
 * nothing here are kept for the client, which gets back what it sent.
 *
 * @param header as it was sent
 * @param fields what it says about the file, as text and not yet checked
 * @param sha256 what the client says the file has, in lower-case hex
 */
record UploadMetadata(String header, SubmissionFields fields, Optional<String> sha256) {

    /** The header field. */
    static final String HEADER = "Upload-Metadata";

    private static final String SHA256 = "sha256";
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7e]*");

    /**
     * Reads the header field; what is wrong with one of the known keys is noted among the fields.
     *
     * @throws ProblemException if the field as a whole is malformed
     */
    static UploadMetadata parse(Optional<String> sent) {
        String header = sent.orElse("").strip();
        if (header.length() > UploadDetails.MAX_METADATA
                || !VISIBLE.matcher(header).matches()) {
            throw ProblemException.invalid(
                    HEADER, "Upload-Metadata is at most %d characters of ASCII.".formatted(UploadDetails.MAX_METADATA));
        }
        SubmissionFields fields =
                SubmissionFields.expected("in Upload-Metadata, as its name, a space and its value in Base64");
        Optional<String> sha256 = Optional.empty();
        Set<String> keys = new HashSet<>();
        for (String pair : header.isEmpty() ? new String[0] : header.split(",", -1)) {
            String[] parts = pair.strip().split(" +", 2);
            String key = parts[0];
            if (key.isEmpty()) {
                throw ProblemException.invalid(HEADER, "Upload-Metadata holds a pair without a key.");
            }
            if (!keys.add(key)) {
                throw ProblemException.invalid(HEADER, "Upload-Metadata names %s more than once.".formatted(key));
            }
            if (!key.equals(SHA256) && !SubmissionFields.isKnown(key)) {
                continue;
            }
            Optional<String> value = decode(parts.length == 1 ? "" : parts[1]);
            if (value.isEmpty()) {
                fields.refuse(key, "%s is not UTF-8 in Base64.".formatted(key));
            } else if (key.equals(SHA256)) {
                sha256 = digest(value.get(), fields);
            } else {
                fields.add(key, value.get());
            }
        }
        return new UploadMetadata(header, fields, sha256);
    }

    private static Optional<String> digest(String value, SubmissionFields fields) {
        Optional<String> digest = Optional.of(value.strip().toLowerCase(Locale.ROOT))
                .filter(text -> DIGEST.matcher(text).matches());
        if (digest.isEmpty()) {
            fields.refuse(SHA256, "sha256 has 64 hexadecimal digits.");
        }
        return digest;
    }

    private static Optional<String> decode(String base64) {
        try {
            return StrictUtf8.decode(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
