package io.reportfiles.download.engine;

/**
 * The server's side of the connection that a response goes to, for what the Servlet API has no words for: how much of the
 * response the server keeps because the reader has not taken it yet, and breaking off a body that can't be finished.
 *
 * <p>What a server has no means for is as the Servlet API says: the defaults here.
 *
 * <p>It is looked up while the request is being served: servers use request objects again, and what a spent one leads to
 * may be another reader's connection. {@link #breakOff} may be called by any thread, the rest by one at a time.
 */
public interface ReaderConnection {

    /** Of a server nobody has looked into: it closes it when the body of a request that ends is short, or so one hopes. */
    ReaderConnection UNKNOWN = () -> {};

    /**
     * Closes it without ceremony, so that the reader sees at once that something is missing (RFC 9112 §8, RFC 9113 §5.4):
     * ending the request is not enough everywhere. A connection that is closed already stays so.
     */
    void breakOff();

    /** How many bytes of this response the server keeps for the reader; 0 where it does not tell. */
    default int pendingBytes() {
        return 0;
    }

    /**
     * Bounds what the server keeps: once as much is pending, its output is not ready before less is. A server that keeps no
     * more than one write need not be told.
     */
    default void limitPending(int bytes) {}

    /**
     * Asked when the output is ready, where that does not say enough: many responses may share a connection.
     *
     * @param bytes how many may be pending
     * @param room called once that less are, by any thread, possibly within this call
     * @return whether less are pending; if not, {@code room} will be called
     */
    default boolean hasRoom(int bytes, Runnable room) {
        return true;
    }

    /** Whether a blocking write of so many bytes is known to return without waiting for the reader; prepares for it. */
    default boolean takesAtOnce(int bytes) {
        return false;
    }

    /** Leaves it to the next request as it was found. */
    default void restore() {}
}
