package io.reportfiles.inspection;

import io.reportfiles.inspection.SubmissionCheck.Look;
import io.reportfiles.web.problem.FieldError;
import java.util.List;

/** What a check says. */
record CheckVerdict(Look look) implements Verdict {

    @Override
    public void take(byte[] bytes, int offset, int length) {
        look.take(bytes, offset, length);
    }

    @Override
    public List<FieldError> errors() {
        return look.reasons().stream()
                .map(reason -> new FieldError(Inspections.FILE, reason))
                .toList();
    }

    @Override
    public void close() {
        // a check holds nothing
    }
}
