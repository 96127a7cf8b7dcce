package io.reportfiles.submission;

import io.reportfiles.reportfile.FileName;
import java.util.Map;

/**
 * The media type a report file is kept with: known from its extension, never believed from the client, so that nothing
 * uploaded can call itself a page or a script.
 */
final class ContentTypes {

    private static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> BY_EXTENSION = Map.ofEntries(
            Map.entry("csv", "text/csv"),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry("gz", "application/gzip"),
            Map.entry("json", "application/json"),
            Map.entry("ods", "application/vnd.oasis.opendocument.spreadsheet"),
            Map.entry("parquet", "application/vnd.apache.parquet"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("tsv", "text/tab-separated-values"),
            Map.entry("txt", "text/plain"),
            Map.entry("xls", "application/vnd.ms-excel"),
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("xml", "application/xml"),
            Map.entry("zip", "application/zip"));

    private ContentTypes() {}

    /** The type of a file of that name. */
    static String of(FileName name) {
        return name.extension()
                .map(extension -> BY_EXTENSION.getOrDefault(extension, UNKNOWN))
                .orElse(UNKNOWN);
    }
}
