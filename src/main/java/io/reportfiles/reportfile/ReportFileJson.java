package io.reportfiles.reportfile;

import java.time.Instant;
import java.util.Optional;

/**
 * A report file as the API shows it. What is not known yet is left out.
 *
 * @param quarter {@code Q1} to {@code Q4}
 * @param charset what it is written in, of text of which that is known
 * @param size number of bytes
 * @param sha256 hexadecimal, in lower case
 * @param crc32c the base64 of its four bytes in network order
 * @param crc32 hexadecimal, in lower case
 * @param damagedAt since when its bytes are known to be other than recorded
 */
public record ReportFileJson(
        String id,
        String organisation,
        int year,
        String quarter,
        String section,
        Optional<Integer> version,
        String state,
        String filename,
        String contentType,
        Optional<String> charset,
        Optional<Long> size,
        Optional<String> sha256,
        Optional<String> crc32c,
        Optional<String> crc32,
        Optional<Instant> damagedAt,
        Instant submittedAt,
        String submittedBy,
        Links links) {

    /**
     * Where to go from here.
     *
     * @param self path of the metadata
     * @param download path of the bytes
     * @param versions path of the list of all versions
     */
    public record Links(String self, String download, String versions) {}

    /**
     * The JSON of a report file.
     *
     * @param contextPath where the application is deployed, as the request says it: empty, or with a leading slash
     */
    public static ReportFileJson of(ReportFileDetails file, String contextPath) {
        Optional<StoredFile> stored = file.stored();
        return new ReportFileJson(
                file.id().toString(),
                file.organisation(),
                file.period().year(),
                file.period().quarter().name(),
                file.section(),
                file.version(),
                file.state().name(),
                file.filename(),
                file.contentType(),
                file.charset(),
                stored.map(StoredFile::size),
                stored.map(StoredFile::sha256),
                stored.map(StoredFile::crc32c),
                stored.map(StoredFile::crc32),
                file.damagedAt(),
                file.submittedAt(),
                file.submittedBy(),
                new Links(
                        ReportFileLinks.metadata(contextPath, file.id()),
                        ReportFileLinks.download(contextPath, file.id(), file.filename()),
                        ReportFileLinks.metadata(contextPath, file.id()) + "/versions"));
    }
}
