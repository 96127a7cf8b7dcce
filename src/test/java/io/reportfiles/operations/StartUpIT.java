package io.reportfiles.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.OwnServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** A stock Payara Micro with the files of {@code server-config}, started where something is missing. */
class StartUpIT {

    @TempDir
    private Path directory;

    @Test
    void startsWithoutABucketSaysSoAndIsReadyOnceThereIsOne() throws Exception {
        try (OwnServer server = OwnServer.in(directory, Map.of("REPORTFILES_S3_CREATE_BUCKET", "false"))) {
            server.launch();
            server.await("health/live", 200);
            server.await("api/report-files", 200); // lists need no bucket
            assertThat(server.await("health/ready", 503).body())
                    .contains("{\"name\":\"database\",\"status\":\"UP\"", "{\"name\":\"storage\",\"status\":\"DOWN\"");
            Deployed.Bucket missing = server.bucket();
            assertThat(Files.readString(server.log())).contains("Bucket " + missing.name() + " does not exist");
            try (S3Client s3 = missing.client()) {
                s3.createBucket(request -> request.bucket(missing.name()));
            }
            server.await("health/ready", 200);
        }
    }

    @Test
    void doesNotStartWithASlipInAName() throws Exception {
        try (OwnServer server = OwnServer.in(directory, Map.of("REPORTFILES_SHUTDOWN_GRASE", "1s"))) {
            server.launch();
            String sentence = "REPORTFILES_SHUTDOWN_GRASE is configured, but there is no such setting;"
                    + " the nearest is reportfiles.shutdown.grace.";
            for (int i = 0; i < 600 && !Files.readString(server.log()).contains(sentence); i++) {
                Thread.sleep(200);
            }
            assertThat(Files.readString(server.log())).contains(sentence);
        }
    }
}
