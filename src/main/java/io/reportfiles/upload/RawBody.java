package io.reportfiles.upload;

import java.io.InputStream;
import java.util.Optional;

/** The whole body is the file; the query string says what it is. */
final class RawBody implements SubmissionBody {

    private final ClientBody body;
    private final String query;

    /** A body with the request's query string, as it stands in the request line. */
    RawBody(ClientBody body, Optional<String> query) {
        this.body = body;
        this.query = query.orElse("");
    }

    @Override
    public SubmissionFields fields() {
        return QueryString.fields(query);
    }

    @Override
    public InputStream file() {
        return body;
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
