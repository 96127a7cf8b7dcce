package io.reportfiles.reportfile;

import io.reportfiles.access.Caller;
import io.reportfiles.catalogue.Period;
import io.reportfiles.storage.ObjectKey;
import java.time.Instant;
import java.util.Objects;

/**
 * What is known of a report file before its bytes come.
 *
 * @param organisation code of an existing organisation
 * @param period what time it is about
 * @param section code of an existing section
 * @param filename 1 to {@value #MAX_FILENAME} characters, already made harmless
 * @param contentType the media type to answer with, at most {@value #MAX_CONTENT_TYPE} characters
 * @param key where the bytes will be stored; never used before
 * @param submitter who submits
 * @param leaseUntil until when the submission counts as alive without {@linkplain Submissions#renew renewal}
 */
public record NewSubmission(
        String organisation,
        Period period,
        String section,
        String filename,
        String contentType,
        ObjectKey key,
        Caller submitter,
        Instant leaseUntil) {

    /** The longest file name, in characters. */
    public static final int MAX_FILENAME = 255;

    /** The longest media type, in characters. */
    public static final int MAX_CONTENT_TYPE = 255;

    /** Refuses names and types that are empty or too long. */
    public NewSubmission {
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(leaseUntil, "leaseUntil");
        requireLength("filename", filename, MAX_FILENAME);
        requireLength("contentType", contentType, MAX_CONTENT_TYPE);
    }

    private static void requireLength(String what, String value, int max) {
        if (value.isEmpty() || value.length() > max) {
            throw new IllegalArgumentException(
                    "%s of %d characters (expected 1 to %d)".formatted(what, value.length(), max));
        }
    }
}
