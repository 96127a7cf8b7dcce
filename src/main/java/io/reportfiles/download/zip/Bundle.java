package io.reportfiles.download.zip;

import io.reportfiles.download.http.Representation;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.web.http.PortableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Several report files in one ZIP file. */
final class Bundle {

    private static final String FILENAME = "report-files.zip";
    private static final String CONTENT_TYPE = "application/zip";

    private Bundle() {}

    /**
     * What HTTP needs to know of it. The same files in the same order are the same bytes, on every node, for ever: so its
     * tag is made of what tells the files apart.
     *
     * @param files available ones, at least one
     */
    static Representation of(List<ReportFileDetails> files) {
        List<String> names =
                uniqueNames(files.stream().map(ReportFileDetails::filename).toList());
        List<ZipLayout.Entry> entries = new ArrayList<>();
        MessageDigest tag = sha256();
        for (int i = 0; i < files.size(); i++) {
            ReportFileDetails file = files.get(i);
            StoredFile stored = file.requireStored();
            entries.add(new ZipLayout.Entry(
                    names.get(i), stored.size(), Integer.parseUnsignedInt(stored.crc32(), 16), file.submittedAt()));
            String line = "%s %s %s %s\n".formatted(stored.sha256(), stored.crc32(), file.submittedAt(), names.get(i));
            tag.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return new Representation(
                ZipLayout.of(entries),
                HexFormat.of().formatHex(tag.digest()),
                Optional.empty(),
                files.stream()
                        .map(ReportFileDetails::submittedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH),
                CONTENT_TYPE,
                FILENAME);
    }

    /** Portable names in the order of the files; one that is there before, to any file system's mind, gets a number. */
    static List<String> uniqueNames(List<String> names) {
        List<String> unique = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String name : names) {
            PortableName portable = PortableName.of(name);
            PortableName free = portable;
            for (int number = 2; !taken.add(free.folded()); number++) {
                free = portable.numbered(number);
            }
            unique.add(free.value());
        }
        return unique;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
