package io.reportfiles.storage;

import java.util.Objects;

/**
 * What an examination of the store found about one thing that the application relies on.
 *
 * @param check what was looked at
 * @param verdict what that comes to
 * @param found one sentence for an operator, without credentials
 */
public record StoreFinding(Check check, Verdict verdict, String found) {

    /** What is looked at. */
    public enum Check {
        /** The bucket answers. */
        BUCKET,
        /** It keeps versions. */
        VERSIONING,
        /** Nobody reads it past the application. */
        PUBLIC_ACCESS,
        /** It drops multipart uploads that nobody completes. */
        INCOMPLETE_UPLOADS,
        /** An object can be stored. */
        WRITING,
        /** A part of it can be read. */
        RANGES,
        /** A read that expects another object is refused. */
        CONDITIONAL_READS,
        /** The store keeps the checksum it was given. */
        CHECKSUMS,
        /** An object can be removed. */
        REMOVING,
        /** The clocks agree; requests are signed with the time. */
        CLOCK
    }

    /** What a finding comes to. */
    public enum Verdict {
        /** As it should be. */
        GOOD,
        /** It works, and a safety net is missing. */
        ADVISABLE,
        /** It does not work. */
        BAD,
        /** The store does not tell, or does not let us ask. */
        UNKNOWN
    }

    public StoreFinding {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(verdict, "verdict");
    }
}
