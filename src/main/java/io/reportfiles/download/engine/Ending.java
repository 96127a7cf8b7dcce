package io.reportfiles.download.engine;

import io.reportfiles.ledger.TransferOutcome;

/** What is done when a download is over. */
interface Ending {

    /** The server has passed on all bytes. */
    void complete(long sentBytes);

    /** It has not, but only so many: the connection has to be broken, so that the reader sees it. */
    void broken(TransferOutcome outcome, long sentBytes);
}
