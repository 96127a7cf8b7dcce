package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.dev.LocalS3;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoreHealth;
import io.reportfiles.storage.StoreRefusedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on s3proxy, which checks signatures. */
class S3ProxyObjectStoreIT extends S3PartialObjectsContract {

    @TempDir
    static Path directory;

    private LocalS3 server;

    @Override
    URI start() throws IOException {
        server = LocalS3.start(directory, 0, new LocalS3.Credentials("tester", "not-a-secret"));
        return server.endpoint();
    }

    @Override
    void stop() {
        server.close();
    }

    @Test
    void wrongSecretIsRefused() throws IOException {
        ObjectVersion version = stored(content(10)).version();
        try (StoreUnderTest stranger = StoreUnderTest.at(endpoint(), "s3.secret-key", "wrong")) {
            assertThat(stranger.store().check())
                    .satisfies(health -> assertThat(health.state()).isEqualTo(StoreHealth.State.DOWN))
                    .satisfies(health -> assertThat(health.summary())
                            .startsWith("S3 refuses us.")
                            .contains("SignatureDoesNotMatch")
                            .doesNotContain("wrong"));
            assertThatThrownBy(() -> stranger.store().open(version, ByteRange.whole(10)))
                    .isInstanceOf(StoreRefusedException.class);
        }
    }
}
