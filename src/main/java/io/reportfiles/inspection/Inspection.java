package io.reportfiles.inspection;

import io.reportfiles.web.problem.FieldError;
import io.reportfiles.web.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Shows what passes to all who have to look at it, and gives their verdict at its end. For one thread. */
final class Inspection extends InputStream {

    private final InputStream source;
    private final List<Verdict> verdicts;
    private boolean ended;

    Inspection(InputStream source, List<Verdict> verdicts) {
        this.source = source;
        this.verdicts = verdicts;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = ended ? -1 : source.read(buffer, offset, length);
        if (count > 0) {
            verdicts.forEach(verdict -> verdict.take(buffer, offset, count));
        } else if (count < 0 && !ended) {
            requireAcceptable();
            ended = true;
        }
        return count;
    }

    private void requireAcceptable() {
        List<FieldError> errors =
                verdicts.stream().flatMap(verdict -> verdict.errors().stream()).toList();
        if (!errors.isEmpty()) {
            throw ProblemException.unprocessable(errors);
        }
    }

    /** Ends the inspection; the source stays open. */
    @Override
    public void close() {
        verdicts.forEach(Verdict::close);
    }
}
