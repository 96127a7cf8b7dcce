package io.reportfiles.storage.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** The store on Robothy's LocalS3, which was written apart from the two others and keeps versions when told to. */
class RobothyObjectStoreIT extends S3PartialObjectsContract {

    private RobothyServer server;

    @Override
    URI start() throws IOException {
        server = RobothyServer.start();
        return server.endpoint();
    }

    @Override
    void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
