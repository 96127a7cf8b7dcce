package io.reportfiles.submission;

import java.util.Optional;

/** The whole body is the file; the query string says what it is. */
final class RawBody implements SubmissionBody {

    private final ClientBody body;
    private final Optional<String> sha256;
    private final SubmissionFields fields;

    /**
     * A body with the request's query string, as it stands in the request line.
     *
     * @param sha256 what the request's header says the body comes to
     */
    RawBody(ClientBody body, Optional<String> query, Optional<String> sha256) {
        this.body = body;
        this.fields = QueryString.fields(query.orElse(""));
        this.sha256 = DigestFields.agreed(SubmissionFields.SHA256, sha256, fields.sha256());
    }

    @Override
    public SubmissionFields fields() {
        return fields;
    }

    @Override
    public Optional<String> note() {
        return fields.note();
    }

    @Override
    public IncomingFile file() {
        return new IncomingFile(body, sha256);
    }

    @Override
    public long fewestFileBytes() {
        return Math.max(0, body.announced());
    }

    @Override
    public boolean isRead() {
        return body.isRead();
    }
}
