package io.reportfiles.submission;

import java.io.InputStream;
import java.util.Optional;

/**
 * The bytes of a file that somebody sends.
 *
 * @param bytes says that they are at their end only when all have arrived; throws {@link RefusedBodyException} otherwise.
 *     Nobody has to close it
 * @param sha256 what the sender says they come to, in lower-case hexadecimal; refused where that is not so
 */
record IncomingFile(InputStream bytes, Optional<String> sha256) {}
