package io.reportfiles.download.engine;

import jakarta.servlet.ServletRequest;

/** Finds the connection that a response goes to. */
public interface ReaderConnections {

    /**
     * The connection of a request, or the stream of a multiplexed one. To be called on the request's thread, while the
     * request is being served.
     *
     * @return {@link ReaderConnection#UNKNOWN} on a server that nobody has looked into
     */
    ReaderConnection of(ServletRequest request);
}
