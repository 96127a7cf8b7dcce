package io.reportfiles.storage.s3;

import io.reportfiles.config.TestSettings;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.s3.S3Client;

/** A store as configured, with the plain client beside it to look behind its back. */
public final class StoreUnderTest implements AutoCloseable {

    private static final Map<String, String> USUAL = Map.of(
            "reportfiles.s3.bucket", "reports",
            "reportfiles.s3.path-style", "true",
            "reportfiles.s3.access-key", "tester",
            "reportfiles.s3.secret-key", "not-a-secret",
            "reportfiles.submission.part-size", "5MiB",
            "reportfiles.submission.buffer-budget", "40MiB",
            "reportfiles.submission.buffer-wait", "60s");

    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final S3Connection behind;
    private final S3ObjectStore store;
    private final String bucket;

    private StoreUnderTest(Map<String, String> settings) {
        var s3 = TestSettings.s3(settings);
        this.bucket = s3.bucket();
        this.behind = new S3Connection(s3);
        this.store = new S3ObjectStore(s3, TestSettings.uploads(settings), executor);
    }

    /**
     * A store at an address, with the usual settings where no others are given.
     *
     * @param namesAndValues property names without {@code reportfiles.}, each followed by its value
     */
    public static StoreUnderTest at(URI endpoint, String... namesAndValues) {
        Map<String, String> settings = new HashMap<>(USUAL);
        settings.put("reportfiles.s3.endpoint", endpoint.toString());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put("reportfiles." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new StoreUnderTest(settings);
    }

    S3ObjectStore store() {
        return store;
    }

    /** The store with its bucket, for tests of what is built on it. */
    public ObjectStore withBucket() throws ObjectStoreException {
        store.createBucketIfMissing();
        return store;
    }

    S3Client client() {
        return behind.client();
    }

    String bucket() {
        return bucket;
    }

    /** Everything the bucket keeps under a key. */
    List<String> remainsOf(ObjectKey key) {
        List<String> remains = new ArrayList<>();
        client().listObjectVersionsPaginator(request -> request.bucket(bucket).prefix(key.value()))
                .forEach(page -> {
                    page.versions().forEach(version -> remains.add("version " + version.versionId()));
                    page.deleteMarkers().forEach(marker -> remains.add("mark " + marker.versionId()));
                });
        client().listMultipartUploadsPaginator(request -> request.bucket(bucket)).uploads().stream()
                .filter(upload -> key.covers(upload.key()))
                .forEach(upload -> remains.add("upload " + upload.uploadId()));
        return remains;
    }

    @Override
    public void close() {
        store.close();
        behind.close();
        executor.shutdownNow();
    }
}
