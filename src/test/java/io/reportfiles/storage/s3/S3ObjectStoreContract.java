package io.reportfiles.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.config.TestSettings;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreContract;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.PublishedObjects;
import io.reportfiles.storage.StoreBusyException;
import io.reportfiles.storage.StoreHealth;
import io.reportfiles.storage.StoreRefusedException;
import io.reportfiles.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/** What the store promises on a real S3 server, and what only a look behind its back shows. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class S3ObjectStoreContract extends ObjectStoreContract {

    private StoreUnderTest usual;

    /** Starts the server. */
    abstract URI start() throws IOException;

    /** Stops the server. */
    abstract void stop();

    private URI endpoint;

    @BeforeAll
    void startWithABucket() throws IOException {
        endpoint = start();
        usual = StoreUnderTest.at(endpoint);
        usual.store().createBucketIfMissing();
    }

    @AfterAll
    void stopAll() {
        usual.close();
        stop();
    }

    @Override
    protected ObjectStore store() {
        return usual.store();
    }

    @Override
    protected List<String> remainsOf(ObjectKey key) {
        return usual.remainsOf(key);
    }

    @Test
    void publishedThingIsKeptWhereTheBucketHasObjectLock() throws IOException {
        ObjectKey key = new ObjectKey("kept/" + UUID.randomUUID());
        Instant until = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        PublishedObjects published = usual.store().publishedObjects();
        assertThat(published.keep(
                        published.publish(key, new byte[3], "text/plain").version(), until))
                .as("a bucket without Object Lock")
                .isFalse();
        Optional<String> locked = bucketWithObjectLock();
        if (locked.isEmpty()) {
            return; // this store knows no such buckets
        }
        try (StoreUnderTest store = StoreUnderTest.at(endpoint, "s3.bucket", locked.get())) {
            PublishedObjects inLocked = store.store().publishedObjects();
            ObjectVersion version =
                    inLocked.publish(key, new byte[3], "text/plain").version();
            assertThat(inLocked.keep(version, until)).isTrue();
            ObjectLockRetention retention = store.client()
                    .getObjectRetention(request -> request.bucket(store.bucket())
                            .key(key.value())
                            .versionId(version.versionId().orElseThrow()))
                    .retention();
            assertThat(retention.mode()).isEqualTo(ObjectLockRetentionMode.GOVERNANCE);
            assertThat(retention.retainUntilDate()).isEqualTo(until);
        }
    }

    /** The name of a new one, if the store can make it. */
    Optional<String> bucketWithObjectLock() {
        return Optional.empty();
    }

    @Test
    void publishedThingIsStoredOnceAndNothingElseIsTakenForIt() throws IOException {
        ObjectKey key = new ObjectKey("published/" + UUID.randomUUID());
        byte[] content = "a style".getBytes(UTF_8);
        StoredObject first = usual.store().publishedObjects().publish(key, content, "text/css");
        assertThat(usual.store().publishedObjects().publish(key, content, "text/css"))
                .isEqualTo(first);
        assertThat(remainsOf(key)).hasSize(1);
        try (InputStream in = usual.store().open(first.version(), ByteRange.whole(first.size()))) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThatThrownBy(() -> usual.store().publishedObjects().publish(key, "another".getBytes(UTF_8), "text/css"))
                .isInstanceOf(ObjectChangedException.class);
        assertThat(remainsOf(key)).hasSize(1);
    }

    final StoreUnderTest usual() {
        return usual;
    }

    final URI endpoint() {
        return endpoint;
    }

    @Test
    void uploadCutOffByACrashIsAbandonedWithTheFile() throws IOException {
        ObjectKey key = freshKey();
        for (int crash = 0; crash < 2; crash++) {
            String id = usual.client()
                    .createMultipartUpload(
                            request -> request.bucket(usual.bucket()).key(key.value()))
                    .uploadId();
            usual.client()
                    .uploadPart(
                            request -> request.bucket(usual.bucket())
                                    .key(key.value())
                                    .uploadId(id)
                                    .partNumber(1),
                            RequestBody.fromBytes(content(PART)));
        }
        assertThat(remainsOf(key)).hasSize(2);

        store().abandon(key);

        assertThat(remainsOf(key)).isEmpty();
    }

    @Test
    void pinIsWhatTheServerCallsTheObject() throws IOException {
        for (int size : new int[] {10, 2 * PART}) {
            ObjectVersion version = stored(content(size)).version();
            var head = usual.client()
                    .headObject(request ->
                            request.bucket(usual.bucket()).key(version.key().value()));

            assertThat(version.versionId()).contains(head.versionId());
            assertThat(head.eTag()).isIn('"' + version.eTag() + '"', version.eTag()); // LocalS3 leaves the quotes out
            assertThat(head.contentLength()).isEqualTo(size);
        }
    }

    @Test
    void uploadsShareTheirMemoryHoweverManyThereAre() throws Exception {
        try (StoreUnderTest tight =
                StoreUnderTest.at(endpoint, "submission.buffer-budget", "12MiB", "submission.parts-in-flight", "3")) {
            S3ObjectStore store = tight.store();
            ConcurrentUploads uploads = new ConcurrentUploads(5, 3 * PART + 7);
            List<StoredObject> stored = uploads.run(
                    store, () -> assertThat(store.uploadBytesTaken()).isBetween((long) PartBuffers.PAGE, 12L << 20));

            assertThat(stored)
                    .hasSize(5)
                    .allSatisfy(object -> assertThat(object.size()).isEqualTo(3 * PART + 7));
            assertThat(store.uploadBytesTaken()).isZero();
        }
    }

    @Test
    void storeWithoutChecksumsStoresAllTheSame() throws IOException {
        try (StoreUnderTest plain = StoreUnderTest.at(endpoint, "s3.checksums", "when-required")) {
            for (int size : new int[] {0, 10, PART + 1}) {
                byte[] content = content(size);
                StoredObject stored = plain.store().store(freshKey(), new ByteArrayInputStream(content), size);
                if (size > 0) {
                    assertThat(read(stored.version(), ByteRange.whole(size))).isEqualTo(content);
                }
            }
        }
    }

    @Test
    void uploadThatFindsNoMemoryIsTurnedAwayAndNothingOfItStays() throws Exception {
        try (StoreUnderTest tight =
                StoreUnderTest.at(endpoint, "submission.buffer-budget", "6MiB", "submission.buffer-wait", "50ms")) {
            CountDownLatch reading = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            InputStream slow = new FilterInputStream(new ByteArrayInputStream(content(2 * PART))) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    if (in.available() < PART) {
                        reading.countDown();
                        awaitUninterruptibly(goOn);
                    }
                    return super.read(buffer, offset, length);
                }
            };
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<StoredObject> first = thread.submit(() -> tight.store().store(freshKey(), slow, 2 * PART));
                reading.await();
                ObjectKey refused = freshKey();
                assertThatThrownBy(() -> tight.store().store(refused, new ByteArrayInputStream(content(PART)), PART))
                        .isInstanceOf(StoreBusyException.class);
                assertThat(remainsOf(refused)).isEmpty();
                assertThat(tight.store()
                                .store(freshKey(), new ByteArrayInputStream(content(10)), 10)
                                .size())
                        .as("a small file beside it")
                        .isEqualTo(10);

                goOn.countDown();
                assertThat(first.get().size()).isEqualTo(2 * PART);
                assertThat(tight.store()
                                .store(refused, new ByteArrayInputStream(content(10)), 10)
                                .size())
                        .isEqualTo(10);
            } finally {
                goOn.countDown();
                thread.shutdownNow();
            }
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void partsAreStoredByTheCallerWhenTheExecutorTakesNoMore() throws IOException {
        Map<String, String> settings = Map.of(
                "reportfiles.s3.endpoint", endpoint.toString(),
                "reportfiles.s3.bucket", usual.bucket(),
                "reportfiles.s3.path-style", "true",
                "reportfiles.s3.access-key", "tester",
                "reportfiles.s3.secret-key", "not-a-secret",
                "reportfiles.submission.part-size", "5MiB");
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };
        try (S3ObjectStore store = new S3ObjectStore(TestSettings.s3(settings), TestSettings.uploads(settings), full)) {
            byte[] content = content(2 * PART + 1);
            StoredObject stored = store.store(freshKey(), new ByteArrayInputStream(content), content.length);

            assertThat(read(stored.version(), ByteRange.whole(content.length))).isEqualTo(content);
        }
    }

    @Nested
    class Bucket {

        private final String other = "other-" + UUID.randomUUID();

        @Test
        void missingBucketIsToldInOneSentenceAndRefusesEverything() throws IOException {
            ObjectVersion version = stored(content(10)).version();
            try (StoreUnderTest missing = StoreUnderTest.at(endpoint, "s3.bucket", other)) {
                assertThat(missing.store().check())
                        .isEqualTo(new StoreHealth(
                                StoreHealth.State.DOWN,
                                "Bucket %s does not exist: create it, or set reportfiles.s3.create-bucket."
                                        .formatted(other)));
                assertThatThrownBy(() -> missing.store()
                                .open(
                                        new ObjectVersion(other, version.key(), version.versionId(), version.eTag()),
                                        ByteRange.whole(10)))
                        .isInstanceOf(StoreRefusedException.class);
                assertThatThrownBy(() -> missing.store().store(freshKey(), InputStream.nullInputStream(), 10))
                        .isInstanceOf(StoreRefusedException.class);
                assertThatThrownBy(() -> missing.store()
                                .store(freshKey(), new ByteArrayInputStream(content(PART + 1)), 2 * PART))
                        .isInstanceOf(StoreRefusedException.class);
            }
        }

        @Test
        void missingBucketIsCreatedOnceAndKeepsVersions() throws IOException {
            try (StoreUnderTest missing = StoreUnderTest.at(endpoint, "s3.bucket", other)) {
                assertThat(missing.store().createBucketIfMissing()).isTrue();
                assertThat(missing.store().createBucketIfMissing()).isFalse();
                assertThat(missing.store().check().state()).isEqualTo(StoreHealth.State.READY);
            }
        }

        @Test
        void bucketThatKeepsNoVersionsIsUsableButDegraded() throws IOException {
            try (StoreUnderTest lax = StoreUnderTest.at(endpoint, "s3.bucket", other)) {
                lax.store().createBucketIfMissing();
                lax.client()
                        .putBucketVersioning(request -> request.bucket(other)
                                .versioningConfiguration(
                                        versioning -> versioning.status(BucketVersioningStatus.SUSPENDED)));

                assertThat(lax.store().check().state()).isEqualTo(StoreHealth.State.DEGRADED);

                byte[] content = content(100);
                StoredObject stored = lax.store().store(freshKey(), new ByteArrayInputStream(content), 100);
                try (InputStream read = lax.store().open(stored.version(), ByteRange.whole(100))) {
                    assertThat(read.readAllBytes()).isEqualTo(content);
                }
                lax.store().delete(stored.version());
                assertThatThrownBy(() -> lax.store().open(stored.version(), ByteRange.whole(100)))
                        .isInstanceOf(ObjectMissingException.class);
            }
        }
    }
}
