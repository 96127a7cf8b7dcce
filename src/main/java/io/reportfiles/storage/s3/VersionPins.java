package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Decides whether the name that S3 gives a version can be read by. Some stores name versions in their answers and refuse
 * every question that has such a name in it; some buckets keep no versions, or do not let us read them. Objects are then
 * pinned by key and entity tag. Asked once, with the first object that is stored. Safe for any number of threads.
 */
final class VersionPins {

    /** What a store answers that does not know a version, or knows nothing of versions; or does not let us read them. */
    private static final Set<Integer> UNREADABLE = Set.of(400, 403, 404, 405, 501);

    private final S3Client client;
    private final String bucket;
    private volatile State state = State.UNKNOWN;

    private enum State {
        UNKNOWN,
        READABLE,
        NOT_KEPT,
        NOT_READABLE
    }

    VersionPins(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /**
     * The version id to pin an object by that was just stored.
     *
     * @param versionId as S3 called it; {@code null} where it did not
     * @param eTag as S3 called it
     */
    Optional<String> of(ObjectKey key, String versionId, String eTag) {
        if (versionId == null || versionId.isBlank()) {
            return Optional.empty();
        }
        if (state == State.UNKNOWN) {
            find(key, versionId, eTag);
        }
        return state == State.READABLE ? Optional.of(versionId) : Optional.empty();
    }

    /** A store that does not answer now is asked again with the next object; this one is pinned by its entity tag. */
    private void find(ObjectKey key, String versionId, String eTag) {
        try {
            learn(client.getBucketVersioning(
                            request -> request.bucket(bucket).overrideConfiguration(S3Requests.promptly()))
                    .status());
        } catch (SdkException failure) {
            if (!S3Bucket.isUnanswerable(failure)) {
                return;
            }
        }
        if (state != State.UNKNOWN) {
            return;
        }
        try {
            HeadObjectResponse named = client.headObject(request -> request.bucket(bucket)
                    .key(key.value())
                    .versionId(versionId)
                    .overrideConfiguration(S3Requests.promptly()));
            boolean same = pin(key, eTag)
                    .equals(pin(key, Optional.ofNullable(named.eTag()).orElse("none")));
            state = same ? State.READABLE : State.NOT_READABLE;
        } catch (SdkException failure) {
            if (UNREADABLE.contains(S3Failures.statusOf(failure))) {
                state = State.NOT_READABLE;
            }
        }
    }

    private ObjectVersion pin(ObjectKey key, String eTag) {
        return new ObjectVersion(bucket, key, Optional.empty(), eTag);
    }

    /** Notes what the bucket says of its versioning, which may have been turned on or off. */
    void learn(BucketVersioningStatus versioning) {
        if (versioning != BucketVersioningStatus.ENABLED) {
            state = State.NOT_KEPT;
        } else if (state == State.NOT_KEPT) {
            state = State.UNKNOWN;
        }
    }

    /** What a request does with the name of an object. */
    interface Request<T> {
        /** Sends it. */
        T of(ObjectVersion named) throws ObjectStoreException;
    }

    /**
     * Sends a request about a version that was pinned by an id; if the store can't do anything with the id, the same
     * without it. The request has to refuse an object of another entity tag.
     *
     * @throws ObjectMissingException if there is no such version, nor the same object without it
     * @throws ObjectStoreException the failure of the request without the id
     */
    static <T> T withOrWithoutId(ObjectVersion version, Request<T> request) throws ObjectStoreException {
        try {
            return request.of(version);
        } catch (ObjectStoreException unknown) {
            if (version.versionId().isEmpty() || !isUnreadable(unknown)) {
                throw unknown;
            }
            try {
                return request.of(new ObjectVersion(version.bucket(), version.key(), Optional.empty(), version.eTag()));
            } catch (ObjectStoreException further) {
                boolean neitherIsThere = unknown instanceof ObjectMissingException && !further.mayPass();
                throw neitherIsThere ? unknown : further;
            }
        }
    }

    private static boolean isUnreadable(ObjectStoreException failure) {
        return failure.getCause() instanceof SdkException answer
                && UNREADABLE.contains(S3Failures.statusOf(answer))
                && S3Failures.statusOf(answer) != 403
                && !S3Failures.codeOf(answer).equals(S3Failures.NO_SUCH_BUCKET);
    }
}
