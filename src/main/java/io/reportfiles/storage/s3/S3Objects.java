package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The requests that change objects, one at a time, with their failures in the words of the object store. */
final class S3Objects {

    private static final int NOT_IMPLEMENTED = 501;

    private final S3Client client;
    private final S3Requests requests;
    private final S3Lookup lookup;
    private final AtomicInteger partsUnderWay = new AtomicInteger();

    S3Objects(S3Client client, S3Requests requests, VersionPins pins) {
        this.client = client;
        this.requests = requests;
        this.lookup = new S3Lookup(client, requests.bucket(), pins);
    }

    /** Looks at what is there. */
    S3Lookup lookup() {
        return lookup;
    }

    private static <T> T ask(String what, Supplier<T> request) throws ObjectStoreException {
        try {
            return request.get();
        } catch (SdkException failure) {
            throw S3Failures.of(what, failure);
        }
    }

    /** Stores an object of one part. */
    ObjectVersion put(ObjectKey key, PartBuffer content) throws ObjectStoreException {
        String what = "Storing " + key;
        try {
            PutObjectResponse answer = ask(what, () -> client.putObject(requests.put(key, content), content.asBody()));
            requireSame(what, content.crc32cInBase64(), answer.checksumCRC32C());
            return lookup.version(what, key, answer.versionId(), answer.eTag());
        } catch (ObjectStoreException failure) {
            return lookup.despite(failure, key, StoredProof.of(content), S3Lookup.BRIEF);
        }
    }

    /** Stores what is at hand as a whole. */
    ObjectVersion put(ObjectKey key, byte[] content, String contentType) throws ObjectStoreException {
        String what = "Storing " + key;
        PutObjectResponse answer =
                ask(what, () -> client.putObject(requests.put(key, contentType), RequestBody.fromBytes(content)));
        return lookup.version(what, key, answer.versionId(), answer.eTag());
    }

    /** Begins an upload of many parts and returns its id. */
    String createMultipart(ObjectKey key) throws ObjectStoreException {
        return ask("Beginning to store " + key, () -> client.createMultipartUpload(requests.createMultipart(key)))
                .uploadId();
    }

    /** Stores one part. */
    CompletedPart putPart(ObjectKey key, String uploadId, int number, PartBuffer content) throws ObjectStoreException {
        String what = "Storing part %d of %s".formatted(number, key);
        UploadPartResponse answer;
        partsUnderWay.incrementAndGet();
        try {
            answer =
                    ask(what, () -> client.uploadPart(requests.part(key, uploadId, number, content), content.asBody()));
        } finally {
            partsUnderWay.decrementAndGet();
        }
        requireSame(what, content.crc32cInBase64(), answer.checksumCRC32C());
        var part = CompletedPart.builder().partNumber(number).eTag(answer.eTag());
        if (requests.sendsChecksums()) { // announced for the upload, hence wanted again when it is completed
            part.checksumCRC32C(content.crc32cInBase64());
        }
        return part.build();
    }

    /** Number of parts that are being sent. */
    int partsUnderWay() {
        return partsUnderWay.get();
    }

    /** Makes an object of its parts, {@code size} bytes in all. */
    ObjectVersion complete(
            ObjectKey key, String uploadId, List<CompletedPart> parts, PartChecksums checksums, long size)
            throws ObjectStoreException {
        String what = "Completing " + key;
        try {
            CompleteMultipartUploadResponse answer =
                    ask(what, () -> client.completeMultipartUpload(requests.complete(key, uploadId, parts)));
            if (answer.checksumType() == ChecksumType.COMPOSITE) {
                requireSame(what, checksums.composite(), answer.checksumCRC32C());
            }
            return lookup.version(what, key, answer.versionId(), answer.eTag());
        } catch (ObjectStoreException failure) {
            return lookup.despite(failure, key, StoredProof.of(size, checksums, parts), S3Lookup.patience(size));
        }
    }

    /** Makes an object of parts that were stored earlier. */
    ObjectVersion complete(ObjectKey key, String uploadId, List<StoredPart> parts) throws ObjectStoreException {
        PartChecksums checksums = new PartChecksums();
        parts.forEach(part -> checksums.add(part.crc32cInBase64()));
        List<CompletedPart> named = parts.stream()
                .map(part -> requests.sendsChecksums()
                        ? part.completed().checksumCRC32C(part.crc32cInBase64()).build()
                        : part.completed().build())
                .toList();
        long size = parts.stream().mapToLong(StoredPart::size).sum();
        return complete(key, uploadId, named, checksums, size);
    }

    /** The parts S3 has of an upload, in order; none if it was completed or dropped. */
    List<StoredPart> listParts(ObjectKey key, String uploadId) throws ObjectStoreException {
        try {
            return client
                    .listPartsPaginator(request ->
                            request.bucket(requests.bucket()).key(key.value()).uploadId(uploadId))
                    .parts()
                    .stream()
                    .map(StoredPart::of)
                    .toList();
        } catch (SdkException failure) {
            if (S3Failures.codeOf(failure).equals(S3Failures.NO_SUCH_UPLOAD)) {
                return List.of();
            }
            throw S3Failures.of("Listing parts of " + key, failure);
        }
    }

    /** Drops what was stored of an upload. */
    void abortMultipart(ObjectKey key, String uploadId) throws ObjectStoreException {
        try {
            client.abortMultipartUpload(request -> request.bucket(requests.bucket())
                    .key(key.value())
                    .uploadId(uploadId)
                    .overrideConfiguration(S3Requests.promptly()));
        } catch (SdkException failure) {
            if (!S3Failures.codeOf(failure).equals(S3Failures.NO_SUCH_UPLOAD)) {
                throw S3Failures.of("Dropping the upload of " + key, failure);
            }
        }
    }

    /** Drops all unfinished uploads of a key. */
    void abortMultiparts(ObjectKey key) throws ObjectStoreException {
        List<String> ids = ask(
                "Listing uploads of " + key,
                () -> client
                        .listMultipartUploadsPaginator(
                                request -> request.bucket(requests.bucket()).prefix(key.value()))
                        .uploads()
                        .stream()
                        .filter(upload -> upload.key().equals(key.value()))
                        .map(MultipartUpload::uploadId)
                        .toList());
        for (String id : ids) {
            abortMultipart(key, id);
        }
    }

    /** Keeps a version from being deleted until some time, in governance mode (Amazon S3, Object Lock). */
    void retain(ObjectVersion version, Instant until) throws ObjectStoreException {
        ask(
                "Keeping " + version.key(),
                () -> client.putObjectRetention(request -> request.bucket(version.bucket())
                        .key(version.key().value())
                        .versionId(version.versionId().orElseThrow())
                        .retention(retention -> retention
                                .mode(ObjectLockRetentionMode.GOVERNANCE)
                                .retainUntilDate(until))
                        .overrideConfiguration(S3Requests.promptly())));
    }

    /** Deletes one version, or what is there where there are no versions; succeeds when there is nothing. */
    void delete(String bucket, ObjectKey key, Optional<String> versionId) throws ObjectStoreException {
        try {
            deleteKnown(bucket, key, versionId);
        } catch (ObjectMissingException already) {
            return; // Amazon's S3 calls that a success, others do not
        }
    }

    private void deleteKnown(String bucket, ObjectKey key, Optional<String> versionId) throws ObjectStoreException {
        ask(
                "Deleting " + key,
                () -> client.deleteObject(request -> request.bucket(bucket)
                        .key(key.value())
                        .versionId(versionId.orElse(null))
                        .overrideConfiguration(S3Requests.promptly())));
    }

    /** As the other; where the store does not know the version, what has its entity tag. */
    void delete(ObjectVersion version) throws ObjectStoreException {
        try {
            VersionPins.withOrWithoutId(version, named -> {
                if (!named.equals(version)) {
                    lookup.requireSame(named); // which a deletion does not look at
                }
                deleteKnown(named.bucket(), named.key(), named.versionId());
                return true;
            });
        } catch (ObjectMissingException already) {
            return;
        }
    }

    /** Deletes all versions of a key, of its tails, and all marks of earlier deletions. */
    void deleteAllVersions(ObjectKey key) throws ObjectStoreException {
        deleteAllVersions(key.value(), key::covers);
    }

    /** Deletes the tails of a key, whoever put them there. */
    void deleteTails(ObjectKey key) throws ObjectStoreException {
        deleteAllVersions(key.tails(), name -> true);
    }

    private void deleteAllVersions(String prefix, Predicate<String> wanted) throws ObjectStoreException {
        List<ObjectIdentifier> found = new ArrayList<>();
        try {
            client.listObjectVersionsPaginator(
                            request -> request.bucket(requests.bucket()).prefix(prefix))
                    .forEach(page -> {
                        page.versions()
                                .forEach(version ->
                                        found.add(identifier(version.key(), Optional.ofNullable(version.versionId()))));
                        page.deleteMarkers()
                                .forEach(mark ->
                                        found.add(identifier(mark.key(), Optional.ofNullable(mark.versionId()))));
                    });
        } catch (SdkException failure) {
            if (S3Failures.statusOf(failure) != NOT_IMPLEMENTED) {
                throw S3Failures.of("Listing versions of " + prefix, failure);
            }
            found.addAll(withoutVersions(prefix));
        }
        for (ObjectIdentifier object : found) {
            if (wanted.test(object.key())) {
                delete(requests.bucket(), new ObjectKey(object.key()), Optional.ofNullable(object.versionId()));
            }
        }
    }

    /** For a store that knows no versions. */
    private List<ObjectIdentifier> withoutVersions(String prefix) throws ObjectStoreException {
        return ask(
                "Listing " + prefix,
                () ->
                        client
                                .listObjectsV2Paginator(request ->
                                        request.bucket(requests.bucket()).prefix(prefix))
                                .contents()
                                .stream()
                                .map(object -> identifier(object.key(), Optional.empty()))
                                .toList());
    }

    private static ObjectIdentifier identifier(String key, Optional<String> versionId) {
        return ObjectIdentifier.builder()
                .key(key)
                .versionId(versionId.orElse(null))
                .build();
    }

    private static void requireSame(String what, String sent, String answered) throws StoreUnavailableException {
        if (answered != null && !answered.equals(sent)) {
            throw new StoreUnavailableException(
                    "%s: S3 has other bytes than were sent, CRC32C %s instead of %s".formatted(what, answered, sent));
        }
    }
}
