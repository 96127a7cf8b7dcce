package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.storage.StoreHealth;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** The store on Adobe's S3Mock, which knows checksums and encryption, but no signatures. */
class S3MockObjectStoreIT extends S3PartialObjectsContract {

    @TempDir
    static Path directory;

    private S3MockServer server;

    @Override
    URI start() throws IOException {
        server = S3MockServer.start(directory);
        return server.endpoint();
    }

    @Override
    void stop() {
        server.close();
    }

    @Override
    Optional<String> bucketWithObjectLock() {
        try (StoreUnderTest store = StoreUnderTest.at(endpoint(), "s3.bucket", "locked")) {
            store.client().createBucket(request -> request.bucket("locked").objectLockEnabledForBucket(true));
            store.client()
                    .putBucketVersioning(request -> request.bucket("locked")
                            .versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED)));
        }
        return Optional.of("locked");
    }

    @Test
    void anySecretIsAccepted() {
        try (StoreUnderTest stranger = StoreUnderTest.at(endpoint(), "s3.secret-key", "wrong")) {
            assertThat(stranger.store().check().state()).isEqualTo(StoreHealth.State.READY);
        }
    }
}
