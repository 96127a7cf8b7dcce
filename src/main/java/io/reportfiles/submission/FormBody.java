package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reportfiles.storage.BulkInputStream;
import io.reportfiles.web.http.StrictUtf8;
import io.reportfiles.web.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;

/**
 * A form ({@code multipart/form-data}, RFC 7578) whose fields come before its one file, read as it streams. Everything
 * but the file is limited in number and size, so the form can't fill the memory.
 */
final class FormBody implements SubmissionBody {

    /** The name of the part that holds the file. */
    static final String FILE = "file";

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAX_BOUNDARY_CHARACTERS = 70; // RFC 2046 §5.1.1
    private static final int MAX_PART_HEAD_BYTES = 16 * 1024;
    private static final int MAX_FIELD_BYTES = 4 * 1024;
    private static final int MAX_PARTS = 32;

    /** What a form may hold besides the file: preamble, fields and heads before it, or the same after it, in bytes. */
    private static final long MAX_AROUND_FILE_BYTES = 256 * 1024;

    private final ClientBody client;
    private final LimitedInput body;
    private final MultipartInput parts;
    private int partCount;
    private Optional<String> fileName = Optional.empty();
    private Optional<String> sha256 = Optional.empty();

    /**
     * A form; nothing is read yet.
     *
     * @param boundary the request's {@code boundary} parameter
     * @param sha256 what the request's header says the form comes to, the file and all around it
     * @throws ProblemException if that is missing or no boundary
     */
    FormBody(ClientBody client, Optional<String> boundary, Optional<String> sha256) throws IOException {
        this.client = client;
        this.body = new LimitedInput(
                sha256.isEmpty() ? client : new DigestingInputStream(new IncomingFile(client, sha256)),
                MAX_AROUND_FILE_BYTES);
        byte[] separator = boundary.filter(text -> !text.isBlank() && text.length() <= MAX_BOUNDARY_CHARACTERS)
                .orElseThrow(() -> ProblemException.invalid(
                        FILE,
                        "The form's Content-Type has no boundary of 1 to %d characters."
                                .formatted(MAX_BOUNDARY_CHARACTERS)))
                .getBytes(ISO_8859_1);
        this.parts = MultipartInput.builder()
                .setInputStream(this.body)
                .setBoundary(separator)
                .setBufferSize(BUFFER_BYTES)
                .setMaxPartHeaderSize(MAX_PART_HEAD_BYTES)
                .get();
        this.parts.setHeaderCharset(ISO_8859_1); // one character per byte; PartHead decodes, strictly
    }

    @Override
    public SubmissionFields fields() throws IOException {
        SubmissionFields fields = SubmissionFields.ofForm();
        try {
            for (boolean more = parts.skipPreamble(); more; more = parts.readBoundary()) {
                PartHead head = nextHead();
                if (head.fileName().isPresent()) {
                    requireFilePart(head);
                    fileName = head.fileName();
                    sha256 = head.sha256();
                    break;
                }
                String value = fieldValue(head);
                if (SubmissionFields.FILE_NAME.equals(head.name())) {
                    continue; // in a form the file's part has the name
                }
                fields.add(head.name(), value);
            }
        } catch (FileUploadException e) {
            throw malformed(e);
        }
        if (fileName.isEmpty()) {
            body.drain(); // a body that was cut off has no file part either; then that is the reason
            fields.refuse(SubmissionFields.FILE_NAME, "The form has no file: a part named file, with a file name.");
        }
        fileName.ifPresent(name -> fields.add(SubmissionFields.FILE_NAME, name));
        sha256 = DigestFields.agreed(SubmissionFields.SHA256, sha256, fields.sha256());
        return fields;
    }

    @Override
    public IncomingFile file() {
        body.unlimited();
        return new IncomingFile(new FilePart(parts.newInputStream()), sha256);
    }

    @Override
    public long fewestFileBytes() {
        return Math.max(0, client.announced() - 2 * MAX_AROUND_FILE_BYTES);
    }

    @Override
    public boolean isRead() {
        return client.isRead();
    }

    private PartHead nextHead() throws IOException {
        partCount++;
        if (partCount > MAX_PARTS) {
            throw RefusedBodyException.invalid(FILE, "The form has more than %d parts.".formatted(MAX_PARTS));
        }
        return PartHead.parse(parts.readHeaders());
    }

    private static void requireFilePart(PartHead head) throws RefusedBodyException {
        if (!FILE.equals(head.name())) {
            throw RefusedBodyException.invalid(FILE, "The form has a file in a part that is not named file.");
        }
    }

    private String fieldValue(PartHead head) throws IOException {
        if (FILE.equals(head.name())) {
            throw RefusedBodyException.invalid(FILE, "The part named file has no file name.");
        }
        byte[] bytes = parts.newInputStream().readNBytes(MAX_FIELD_BYTES + 1);
        if (bytes.length > MAX_FIELD_BYTES) {
            throw RefusedBodyException.invalid(
                    FILE, "A field of the form is larger than %d bytes.".formatted(MAX_FIELD_BYTES));
        }
        return StrictUtf8.decode(bytes)
                .orElseThrow(() -> ProblemException.invalid(
                        SubmissionFields.isKnown(head.name()) ? head.name() : FILE,
                        "A field of the form is not UTF-8."));
    }

    /** Reads what follows the file: nothing that would change or contradict it may be there. */
    private void finish() throws IOException {
        body.limit(MAX_AROUND_FILE_BYTES);
        try {
            while (parts.readBoundary()) {
                PartHead head = nextHead();
                if (head.fileName().isPresent()) {
                    throw RefusedBodyException.invalid(FILE, "The form has more than one file.");
                }
                if (SubmissionFields.isKnown(head.name())) {
                    throw RefusedBodyException.invalid(
                            head.name(), "%s comes after the file: give it before.".formatted(head.name()));
                }
                fieldValue(head);
            }
        } catch (FileUploadException e) {
            throw malformed(e);
        }
        body.drain();
    }

    private IOException malformed(FileUploadException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedBodyException refused) {
                return refused;
            }
        }
        return body.isAtEnd()
                ? RefusedBodyException.cutOff(failure)
                : RefusedBodyException.invalid(FILE, "The form is malformed: a part has no proper end or head.");
    }

    /** The file's part, which ends where the form does. */
    private final class FilePart extends BulkInputStream {

        private final InputStream part;
        private boolean finished;

        FilePart(InputStream part) {
            this.part = part;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (finished) {
                return -1;
            }
            int count;
            try {
                count = part.read(buffer, offset, length);
            } catch (FileUploadException e) {
                throw malformed(e);
            }
            if (count < 0) {
                try {
                    finish();
                } catch (ProblemException e) {
                    throw RefusedBodyException.of(e);
                }
                finished = true;
            }
            return count;
        }
    }
}
