package io.reportfiles.submission;

import io.reportfiles.ledger.running.BreakOff;
import io.reportfiles.storage.BulkInputStream;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * Bytes of an upload that others can watch and put an end to. Reading is for one thread; {@link #count} and {@link #end}
 * are for any. The source is left open.
 */
public final class WatchedInput extends BulkInputStream {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final InputStream source;
    private volatile long count;
    private volatile Optional<BreakOff> ended = Optional.empty();

    /** Watches {@code source}. */
    public WatchedInput(InputStream source) {
        this.source = source;
    }

    /** How many bytes have come. */
    public long count() {
        return count;
    }

    /** No further byte is let through. */
    public void end(BreakOff reason) {
        ended = Optional.of(reason);
    }

    /** Why somebody has ended it, if somebody has. */
    public Optional<BreakOff> ended() {
        return ended;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the one thread that reads
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = source.read(buffer, offset, length);
        if (ended.isPresent()) {
            throw RefusedBodyException.of(answerTo(ended.get()));
        }
        count += Math.max(0, read);
        return read;
    }

    /** What an upload is answered that was ended by others. */
    public static ProblemException answerTo(BreakOff reason) {
        return switch (reason) {
            case ADMINISTRATOR ->
                new ProblemException(
                        ProblemType.CONFLICT, "An administrator has ended this upload; nothing of it was stored.");
            case NO_PERMISSION ->
                new ProblemException(
                        ProblemType.FORBIDDEN, "Your account may not submit this any more; nothing of it was stored.");
            case STOPPING ->
                ProblemException.retryLater(
                        ProblemType.BUSY, "This server is being stopped. Send the request again.", RETRY_AFTER);
        };
    }
}
