package io.reportfiles.inspection;

import io.reportfiles.web.problem.FieldError;
import java.util.List;

/** One reason or another why a file that passes may not be acceptable; for one thread. */
interface Verdict extends AutoCloseable {

    /** Takes the next bytes of the file. */
    void take(byte[] bytes, int offset, int length);

    /** What is wrong with the file; asked once, after the last byte. */
    List<FieldError> errors();

    /** Needs no verdict any more. */
    @Override
    void close();
}
