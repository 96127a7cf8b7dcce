package io.reportfiles.reportfile;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Paths of report files, absolute on this server. */
public final class ReportFileLinks {

    private static final String UNRESERVED = "-._~";

    private ReportFileLinks() {}

    /** Where the metadata is. */
    public static String metadata(String contextPath, ReportFileId id) {
        return contextPath + "/api/report-files/" + id;
    }

    /** Where the bytes are; the last segment is there so that what is saved gets the file's name. */
    public static String download(String contextPath, ReportFileId id, String filename) {
        return contextPath + "/files/" + id + "/" + segment(filename);
    }

    /** Where the file is that a permalink leads to at the moment. */
    public static String permalink(String contextPath, Permalink link) {
        return contextPath + "/files" + link.path();
    }

    /** Percent-encodes everything but the unreserved characters (RFC 3986 §2.3). */
    private static String segment(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
