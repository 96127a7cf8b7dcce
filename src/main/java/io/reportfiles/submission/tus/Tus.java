package io.reportfiles.submission.tus;

/** Words of the protocol. */
final class Tus {

    static final String VERSION = "1.0.0";
    static final String EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination";

    static final String RESUMABLE = "Tus-Resumable";
    static final String VERSIONS = "Tus-Version";
    static final String EXTENSION = "Tus-Extension";
    static final String MAX_SIZE = "Tus-Max-Size";
    static final String CHECKSUM_ALGORITHM = "Tus-Checksum-Algorithm";
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    static final String DEFER_LENGTH = "Upload-Defer-Length";
    static final String CONCAT = "Upload-Concat";
    static final String EXPIRES = "Upload-Expires";
    static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    /** The media type of bytes that belong at an offset. */
    static final String CONTENT_TYPE = "application/offset+octet-stream";

    /** Ours: the id of the report file that the upload has become. */
    static final String REPORT_FILE = "Report-File";

    private Tus() {}
}
