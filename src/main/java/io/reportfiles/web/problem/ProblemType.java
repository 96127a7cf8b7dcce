package io.reportfiles.web.problem;

import java.util.Locale;

/**
 * Every way in which a request can fail, with its status (RFC 9110 §15): the one table from failure to status. The
 * problem document's {@code type} is {@code urn:report-files:problem:} followed by the name in lower case, words
 * joined by hyphens.
 */
public enum ProblemType {
    INVALID_INPUT(400, "Invalid input"),
    UNAUTHENTICATED(401, "Sign-in required"),
    FORBIDDEN(403, "Not allowed"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not acceptable"),
    REQUEST_TIMEOUT(408, "Request timed out"),
    CONFLICT(409, "Conflict"),
    GONE(410, "Gone"),
    LENGTH_REQUIRED(411, "Length required"),
    PRECONDITION_FAILED(412, "Precondition failed"),
    CONTENT_TOO_LARGE(413, "Content too large"),
    URI_TOO_LONG(414, "Address too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    RANGE_NOT_SATISFIABLE(416, "Range not satisfiable"),
    UNPROCESSABLE_CONTENT(422, "Unprocessable content"),
    LOCKED(423, "Locked"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    HEADER_FIELDS_TOO_LARGE(431, "Header fields too large"),
    CHECKSUM_MISMATCH(460, "Checksum mismatch"), // not of HTTP, but of tus
    INTERNAL_ERROR(500, "Internal error"),
    NOT_IMPLEMENTED(501, "Not implemented"),
    BAD_GATEWAY(502, "The stored file can't be read"),
    STORAGE_UNAVAILABLE(503, "Storage unavailable"),
    SCANNER_UNAVAILABLE(503, "Malware scanner unavailable"),
    DATABASE_UNAVAILABLE(503, "Database unavailable"),
    OUTCOME_UNKNOWN(503, "Outcome unknown"),
    BUSY(503, "Busy");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    /** A short title, the same for every occurrence (RFC 9457 §3.1.3). */
    public String title() {
        return title;
    }

    /** The problem type's URI (RFC 9457 §3.1.1). */
    public String uri() {
        return "urn:report-files:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
