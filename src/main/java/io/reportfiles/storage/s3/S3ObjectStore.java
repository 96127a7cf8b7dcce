package io.reportfiles.storage.s3;

import io.reportfiles.config.S3Settings;
import io.reportfiles.config.UploadSettings;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectTruncatedException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.PartialObjects;
import io.reportfiles.storage.PublishedObjects;
import io.reportfiles.storage.StoreDoctor;
import io.reportfiles.storage.StoreHealth;
import io.reportfiles.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The object store on S3, by the SDK's synchronous client and, for reading, its parts; its retries are the only ones. Closing it breaks off what
 * is under way.
 */
final class S3ObjectStore implements ObjectStore, AutoCloseable {

    private final S3Connection connection;
    private final S3Reader reader;
    private final S3Objects objects;
    private final S3Bucket bucket;
    private final UploadSettings uploads;
    private final PartBuffers buffers;
    private final PartSizes sizes;
    private final Executor executor;
    private final S3Inventory inventory;
    private final S3Doctor doctor;

    /** What this node stored last, which a look at the store's health reads as downloads do. */
    private volatile Optional<ObjectVersion> sample = Optional.empty();

    /**
     * Connects to nothing yet.
     *
     * @param executor sends the parts of large objects; may refuse, they are sent by the caller's thread then
     */
    S3ObjectStore(S3Settings settings, UploadSettings uploads, Executor executor) {
        this.connection = new S3Connection(settings);
        this.reader = new S3Reader(connection, Clock.systemUTC());
        S3Client client = connection.client();
        S3Requests requests = new S3Requests(settings.bucket(), settings.objects());
        VersionPins pins = new VersionPins(client, settings.bucket());
        this.objects = new S3Objects(client, requests, pins);
        this.bucket = new S3Bucket(client, settings.bucket(), pins);
        this.uploads = uploads;
        this.buffers = new PartBuffers(uploads.bufferBudget(), uploads.bufferWait());
        this.sizes = PartSizes.within(
                uploads.partSize(), uploads.bufferBudget() - PartBuffers.reserve(uploads.bufferBudget()));
        this.executor = executor;
        this.inventory = new S3Inventory(client, objects, settings.bucket());
        this.doctor = new S3Doctor(
                client,
                this::open,
                objects,
                bucket,
                settings.bucket(),
                new ObjectKeys(settings.prefix()),
                requests.sendsChecksums(),
                Clock.systemUTC());
    }

    @Override
    public ObjectContent open(ObjectVersion version, ByteRange part) throws ObjectStoreException {
        return VersionPins.withOrWithoutId(version, named -> openAsNamed(named, part));
    }

    private ObjectContent openAsNamed(ObjectVersion version, ByteRange part) throws ObjectStoreException {
        String what = "Reading bytes " + part.offset() + " to " + (part.end() - 1) + " of " + version.key();
        S3Answer answer;
        try {
            answer = reader.get(version, part);
        } catch (SdkException failure) {
            throw S3Failures.of(what, failure);
        }
        try {
            requireAsAsked(what, version, part, answer);
        } catch (ObjectStoreException unusable) {
            answer.abort();
            throw unusable;
        }
        return new S3ObjectContent(what, answer, part.length());
    }

    /**
     * Requires an answer with the object that was asked for, and with that part of it. Another object stays another one;
     * other bytes of the right one, or an answer that is none of S3's, come from something on the way and may pass.
     */
    private static void requireAsAsked(String what, ObjectVersion version, ByteRange part, S3Answer answer)
            throws ObjectStoreException {
        String eTag = answer.header("ETag").orElse("");
        if (!eTag.isBlank() && !sameTag(version, eTag)) {
            throw new ObjectChangedException(
                    "%s: S3 sends entity tag %s, expected %s".formatted(what, eTag, version.eTag()));
        }
        ContentSpan span = ContentSpan.of(answer.header("Content-Range"), answer.header("Content-Length"));
        if (!eTag.isBlank() && ContentSpan.endsBefore(answer.header("Content-Range"), part)) {
            throw new ObjectChangedException("%s: S3 has no more than %s".formatted(what, span));
        }
        if (eTag.isBlank() || !span.equals(new ContentSpan(part.offset(), part.length()))) {
            throw new ObjectTruncatedException("%s: S3 sends %s, with entity tag \"%s\"".formatted(what, span, eTag));
        }
    }

    private static boolean sameTag(ObjectVersion version, String eTag) {
        return new ObjectVersion(version.bucket(), version.key(), version.versionId(), eTag).equals(version);
    }

    @Override
    public StoredObject store(ObjectKey key, InputStream source, long maxBytes) throws IOException {
        LimitedSource limited = new LimitedSource(source, Math.min(maxBytes, sizes.capacity()));
        StoredObject stored =
                new Upload(objects, key, limited, buffers, sizes, uploads.partsInFlight(), executor).run();
        if (stored.size() > 0) {
            sample = Optional.of(stored.version());
        }
        return stored;
    }

    /** The same store for objects that come in pieces, within the same memory. */
    PartialObjects partialObjects() {
        return new S3PartialObjects(objects, this, buffers, sizes, uploads.partsInFlight(), executor);
    }

    @Override
    public void delete(ObjectVersion version) throws ObjectStoreException {
        objects.delete(version);
    }

    @Override
    public void abandon(ObjectKey key) throws ObjectStoreException {
        objects.abortMultiparts(key);
        objects.deleteAllVersions(key);
    }

    @Override
    public StoreHealth check() {
        StoreHealth health = bucket.check();
        Optional<ObjectVersion> known = sample;
        if (!health.isUsable() || known.isEmpty()) {
            return health;
        }
        try (ObjectContent content = open(known.get(), ByteRange.whole(1))) {
            content.read(new byte[1], 0, 1); // with it, the connection is of use to others
            return health;
        } catch (ObjectMissingException | ObjectChangedException removed) {
            sample = Optional.empty();
            return health;
        } catch (ObjectStoreException failure) {
            return new StoreHealth(
                    StoreHealth.State.DOWN, "What was stored can not be read. %s.".formatted(failure.getMessage()));
        }
    }

    /** Number of parts on their way to S3. */
    int partsUnderWay() {
        return objects.partsUnderWay();
    }

    /** Examines the bucket. */
    StoreDoctor doctor() {
        return doctor;
    }

    /** The same store for things that several nodes publish. */
    PublishedObjects publishedObjects() {
        return new S3PublishedObjects(objects, this);
    }

    /** What the bucket has. */
    ObjectInventory inventory() {
        return inventory;
    }

    /**
     * Creates the bucket, with versioning, if it does not exist.
     *
     * @return whether it was created
     */
    boolean createBucketIfMissing() throws ObjectStoreException {
        return bucket.createIfMissing(connection.region());
    }

    /** Bytes of upload buffers in use. */
    long uploadBytesTaken() {
        return buffers.bytesTaken();
    }

    @Override
    public void close() {
        connection.close();
    }
}
