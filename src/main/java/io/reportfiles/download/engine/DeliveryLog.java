package io.reportfiles.download.engine;

import io.reportfiles.ledger.TransferOutcome;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Who is told how one delivery goes, from before its first byte until after its last. */
public interface DeliveryLog {

    /** Whose it is, and what log lines call it. */
    DownloadSubject name();

    /**
     * Returns when it is noted that the delivery begins. Asked before anything is promised to the reader, and while nothing
     * of the source is held.
     *
     * @throws RuntimeException if it can't be noted: then there is none
     */
    default void awaitNoted() {}

    /**
     * It goes on after the request's thread has left.
     *
     * @param handedOut how many bytes have gone; from any thread
     */
    default void goesOn(Download download, LongSupplier handedOut) {}

    /** All bytes have gone. Told first of all, for the reader may be asking for the next file already. */
    default void sent(long bytes) {}

    /**
     * It is over: told once, and before the connection breaks where that is how it ends. So a reader who comes back for
     * the rest finds a damaged file known as such.
     *
     * @param damaged which file was found to have other bytes than it should
     */
    void ended(TransferOutcome outcome, long sentBytes, OptionalInt damaged);
}
