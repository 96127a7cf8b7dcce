package io.reportfiles.submission;

import java.io.IOException;
import java.util.Optional;

/**
 * The body of a submission, whichever form it has: first what is said about the file, then its bytes. Both are taken
 * once, in this order, by one thread.
 */
interface SubmissionBody {

    /**
     * Everything said about the file; reads no byte of it.
     *
     * @throws RefusedBodyException if the body is malformed or does not arrive
     */
    SubmissionFields fields() throws IOException;

    /**
     * The file. Its bytes are at their end only when the whole body has arrived and everything after the file is in order,
     * too.
     *
     * @throws RefusedBodyException if there is no file in the body
     */
    IncomingFile file() throws IOException;

    /** The fewest bytes that the file can have, judging by the announced length of the body; reads nothing. */
    long fewestFileBytes();

    /** What the client is told of how it was understood, one sentence; known with the fields. */
    default Optional<String> note() {
        return Optional.empty();
    }

    /** Whether all of it has arrived, so that the connection can serve another request. */
    boolean isRead();
}
