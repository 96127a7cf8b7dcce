package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoreRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Looks at what S3 has under a key. Keys are used once, so that what is there is what was stored last; whether it is all
 * of it, its size and the {@link StoredProof} tell.
 */
final class S3Lookup {

    /** The pauses before each further look, where S3 has ended as soon as the request has. */
    static final List<Duration> BRIEF = List.of(Duration.ofMillis(200));

    private static final List<Duration> FIRST_LOOKS =
            List.of(Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));

    private static final Duration FURTHER_LOOKS = Duration.ofSeconds(5);

    /** What a store that copies parts into the object manages at least while others are at it, too. */
    private static final long SLOWEST_COPY_BYTES_PER_SECOND = 64 << 20;

    private static final Duration LONGEST_COPY = Duration.ofMinutes(5);

    private final S3Client client;
    private final String bucket;
    private final VersionPins pins;

    S3Lookup(S3Client client, String bucket, VersionPins pins) {
        this.client = client;
        this.bucket = bucket;
        this.pins = pins;
    }

    /** What S3 has under a key now, if it is of this size. */
    ObjectVersion current(ObjectKey key, long size) throws ObjectStoreException {
        HeadObjectResponse head = head(key);
        if (head.contentLength() == null || head.contentLength() != size) {
            throw new ObjectChangedException(
                    "Looking for %s: S3 has %d bytes, expected %d".formatted(key, head.contentLength(), size));
        }
        return version("Looking for " + key, key, head.versionId(), head.eTag());
    }

    /** Requires that what S3 has under a key now has the entity tag of {@code pin}. */
    void requireSame(ObjectVersion pin) throws ObjectStoreException {
        String eTag = Optional.ofNullable(head(pin.key()).eTag()).orElse("none");
        if (!new ObjectVersion(pin.bucket(), pin.key(), pin.versionId(), eTag).equals(pin)) {
            throw new ObjectChangedException(
                    "%s has entity tag %s, expected %s".formatted(pin.key(), eTag, pin.eTag()));
        }
    }

    /**
     * The pauses where S3 may be at work still though a client has given it up, since it makes {@code size} bytes of
     * parts into an object. Amazon's says that it is at work; others are silent until they have copied everything.
     */
    static List<Duration> patience(long size) {
        long seconds = Math.min(size / SLOWEST_COPY_BYTES_PER_SECOND, LONGEST_COPY.toSeconds());
        List<Duration> pauses = new ArrayList<>(FIRST_LOOKS);
        pauses.addAll(Collections.nCopies((int) (seconds / FURTHER_LOOKS.toSeconds()), FURTHER_LOOKS));
        return pauses;
    }

    /**
     * Finds an object though storing it seemed to fail: the answer may have been lost behind a success, and a request
     * that was sent again is then answered as if there had never been an upload, or as if parts of it were missing.
     *
     * @param pauses {@link #patience} or {@link #BRIEF}
     * @param failure thrown again if the object is not there, or not all of it, or storing it was refused
     */
    ObjectVersion despite(ObjectStoreException failure, ObjectKey key, StoredProof proof, List<Duration> pauses)
            throws ObjectStoreException {
        if (!leavesItOpen(failure)) {
            throw failure;
        }
        for (int looks = 0; ; looks++) {
            try {
                HeadObjectResponse head = head(key);
                if (proof.isIn(head)) {
                    return version("Looking for " + key, key, head.versionId(), head.eTag());
                }
                throw failure;
            } catch (ObjectMissingException notThere) {
                if (isEnded(failure)) {
                    throw failure;
                }
            } catch (ObjectStoreException again) {
                if (!again.mayPass() || again == failure) {
                    throw failure;
                }
            }
            if (looks == pauses.size() || !pause(pauses.get(looks))) {
                throw failure;
            }
        }
    }

    /** Not so if S3 itself has said that it does not store this, and was not asked before. */
    private static boolean leavesItOpen(ObjectStoreException failure) {
        return failure.mayPass()
                || !(failure.getCause() instanceof AwsServiceException answer)
                || wasAskedBefore(answer);
    }

    private static boolean isEnded(ObjectStoreException failure) {
        return failure.getCause() instanceof SdkException answer
                && S3Failures.codeOf(answer).equals(S3Failures.NO_SUCH_UPLOAD)
                && !wasAskedBefore(answer);
    }

    /** Then an earlier attempt may be under way still, and the answer to the last one tells nothing. */
    private static boolean wasAskedBefore(SdkException answer) {
        return answer.numAttempts() != null && answer.numAttempts() > 1;
    }

    private static boolean pause(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HeadObjectResponse head(ObjectKey key) throws ObjectStoreException {
        try {
            return client.headObject(request -> request.bucket(bucket)
                    .key(key.value())
                    .checksumMode(ChecksumMode.ENABLED)
                    .overrideConfiguration(S3Requests.promptly()));
        } catch (SdkException failure) {
            throw S3Failures.of("Looking for " + key, failure);
        }
    }

    /** What was stored, pinned. */
    ObjectVersion version(String what, ObjectKey key, String versionId, String eTag) throws StoreRefusedException {
        if (eTag == null) {
            throw new StoreRefusedException(what + ": S3 answered without an entity tag");
        }
        return new ObjectVersion(bucket, key, pins.of(key, versionId, eTag), eTag);
    }
}
