package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.StoreHealth;
import io.reportfiles.storage.StoreHealth.State;
import io.reportfiles.storage.StoreUnavailableException;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** The bucket itself: is it there, does it keep versions, and making it where that is wanted. */
final class S3Bucket {

    // a question we may not ask, or the store does not know, though it may well hold our objects
    private static final Set<Integer> UNANSWERABLE = Set.of(403, 405, 501);
    private static final Set<String> EXISTS = Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists");
    private static final String NO_REGION_NEEDED = "us-east-1";

    private final S3Client client;
    private final String name;
    private final VersionPins pins;

    S3Bucket(S3Client client, String name, VersionPins pins) {
        this.client = client;
        this.name = name;
        this.pins = pins;
    }

    /** Whether S3 may well hold our objects, though it does not answer a question about the bucket. */
    static boolean isUnanswerable(SdkException failure) {
        return UNANSWERABLE.contains(S3Failures.statusOf(failure));
    }

    /** How the bucket is doing; never throws. */
    StoreHealth check() {
        try {
            BucketVersioningStatus versioning = versioning();
            pins.learn(versioning);
            return versioning == BucketVersioningStatus.ENABLED
                    ? new StoreHealth(State.READY, "Bucket %s answers and keeps versions.".formatted(name))
                    : new StoreHealth(
                            State.DEGRADED,
                            "Bucket %s answers, but does not keep versions: turn its versioning on.".formatted(name));
        } catch (SdkException failure) {
            return isUnanswerable(failure) ? checkPresence(failure) : down(failure);
        } catch (RuntimeException failure) { // a client that was closed already, for one
            return new StoreHealth(State.DOWN, "Bucket %s can not be reached: %s".formatted(name, failure));
        }
    }

    private StoreHealth checkPresence(SdkException unanswered) {
        try {
            client.headBucket(request -> request.bucket(name).overrideConfiguration(S3Requests.promptly()));
            return new StoreHealth(
                    State.DEGRADED,
                    "Bucket %s answers, but whether it keeps versions can not be seen: S3 answered %d %s."
                            .formatted(name, S3Failures.statusOf(unanswered), S3Failures.codeOf(unanswered)));
        } catch (SdkException failure) {
            // the first answer had a body that says why, an answer to HEAD has none
            return down(S3Failures.statusOf(failure) == S3Failures.statusOf(unanswered) ? unanswered : failure);
        }
    }

    private StoreHealth down(SdkException failure) {
        if (isMissing(failure)) {
            return new StoreHealth(
                    State.DOWN,
                    "Bucket %s does not exist: create it, or set reportfiles.s3.create-bucket.".formatted(name));
        }
        ObjectStoreException known = S3Failures.of("Bucket " + name, failure);
        return new StoreHealth(
                State.DOWN,
                known instanceof StoreUnavailableException
                        ? "S3 can not be reached. %s.".formatted(known.getMessage())
                        : "S3 refuses us. %s.".formatted(known.getMessage()));
    }

    /**
     * Creates the bucket, with versioning, if it does not exist.
     *
     * @return whether it was created
     */
    boolean createIfMissing(String region) throws ObjectStoreException {
        try {
            versioning();
            return false;
        } catch (SdkException failure) {
            if (!isMissing(failure)) {
                throw S3Failures.of("Bucket " + name, failure);
            }
        }
        try {
            create(region);
            client.putBucketVersioning(request -> request.bucket(name)
                    .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED))
                    .overrideConfiguration(S3Requests.promptly()));
            return true;
        } catch (SdkException failure) {
            throw S3Failures.of("Creating bucket " + name, failure);
        }
    }

    private void create(String region) {
        try {
            client.createBucket(request -> {
                request.bucket(name).overrideConfiguration(S3Requests.promptly());
                if (!region.equals(NO_REGION_NEEDED)) {
                    request.createBucketConfiguration(where -> where.locationConstraint(region));
                }
            });
        } catch (SdkException failure) {
            if (!EXISTS.contains(S3Failures.codeOf(failure))) { // another node of ours was faster
                throw failure;
            }
        }
    }

    private BucketVersioningStatus versioning() {
        return client.getBucketVersioning(request -> request.bucket(name).overrideConfiguration(S3Requests.promptly()))
                .status();
    }

    private static boolean isMissing(SdkException failure) {
        String code = S3Failures.codeOf(failure);
        return code.equals(S3Failures.NO_SUCH_BUCKET) || (S3Failures.statusOf(failure) == 404 && code.isEmpty());
    }
}
