package io.reportfiles.storage.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoreDoctor;
import io.reportfiles.storage.StoreFinding;
import io.reportfiles.storage.StoreFinding.Check;
import io.reportfiles.storage.StoreFinding.Verdict;
import io.reportfiles.storage.StoreHealth;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Examines one S3 bucket. */
final class S3Doctor implements StoreDoctor {

    private static final byte[] PROBE = "0123456789".repeat(100).getBytes(US_ASCII);
    private static final Duration TOLERABLE_SKEW = Duration.ofMinutes(1);

    /** S3 refuses signatures that are further away. */
    private static final Duration REFUSED_SKEW = Duration.ofMinutes(15);

    /** Reads as downloads do. */
    interface Reading {
        /** As {@link io.reportfiles.storage.ObjectStore#open}. */
        ObjectContent open(ObjectVersion version, ByteRange part) throws ObjectStoreException;
    }

    private final S3Client client;
    private final Reading reading;
    private final S3Objects objects;
    private final S3Bucket bucket;
    private final String name;
    private final ObjectKeys keys;
    private final boolean sendsChecksums;
    private final Clock clock;

    /**
     * A doctor for the bucket called {@code name}.
     *
     * @param keys those we may use
     */
    S3Doctor(
            S3Client client,
            Reading reading,
            S3Objects objects,
            S3Bucket bucket,
            String name,
            ObjectKeys keys,
            boolean sendsChecksums,
            Clock clock) {
        this.client = client;
        this.reading = reading;
        this.objects = objects;
        this.bucket = bucket;
        this.name = name;
        this.keys = keys;
        this.sendsChecksums = sendsChecksums;
        this.clock = clock;
    }

    @Override
    public List<StoreFinding> examine() {
        List<StoreFinding> findings = new ArrayList<>();
        StoreHealth health = bucket.check();
        findings.add(new StoreFinding(Check.BUCKET, health.isUsable() ? Verdict.GOOD : Verdict.BAD, health.summary()));
        if (health.isUsable()) {
            findings.add(ask(Check.VERSIONING, Verdict.UNKNOWN, this::versioning));
            findings.add(ask(Check.PUBLIC_ACCESS, Verdict.UNKNOWN, this::publicAccess));
            findings.add(ask(Check.INCOMPLETE_UPLOADS, Verdict.UNKNOWN, this::incompleteUploads));
            probe(findings);
        }
        return findings;
    }

    private static StoreFinding ask(Check check, Verdict otherwise, Supplier<StoreFinding> question) {
        try {
            return question.get();
        } catch (RuntimeException failure) {
            return new StoreFinding(check, otherwise, describe("Asking", failure));
        }
    }

    private static String describe(String what, RuntimeException failure) {
        return failure instanceof SdkException known
                ? S3Failures.of(what, known).getMessage()
                : "%s: %s".formatted(what, failure);
    }

    private StoreFinding versioning() {
        BucketVersioningStatus status = client.getBucketVersioning(
                        request -> request.bucket(name).overrideConfiguration(S3Requests.promptly()))
                .status();
        return status == BucketVersioningStatus.ENABLED
                ? good(Check.VERSIONING, "Versions are kept.")
                : advisable(Check.VERSIONING, "Versions are not kept.");
    }

    private StoreFinding publicAccess() {
        PublicAccessBlockConfiguration block;
        try {
            block = client.getPublicAccessBlock(
                            request -> request.bucket(name).overrideConfiguration(S3Requests.promptly()))
                    .publicAccessBlockConfiguration();
        } catch (SdkException failure) {
            if (S3Failures.codeOf(failure).equals("NoSuchPublicAccessBlockConfiguration")) {
                return advisable(Check.PUBLIC_ACCESS, "Public access is not blocked.");
            }
            throw failure;
        }
        boolean all = block != null
                && Boolean.TRUE.equals(block.blockPublicAcls())
                && Boolean.TRUE.equals(block.blockPublicPolicy())
                && Boolean.TRUE.equals(block.ignorePublicAcls())
                && Boolean.TRUE.equals(block.restrictPublicBuckets());
        return all
                ? good(Check.PUBLIC_ACCESS, "Public access is blocked.")
                : advisable(Check.PUBLIC_ACCESS, "Public access is not blocked in every way.");
    }

    private StoreFinding incompleteUploads() {
        boolean dropped;
        try {
            dropped = client
                    .getBucketLifecycleConfiguration(
                            request -> request.bucket(name).overrideConfiguration(S3Requests.promptly()))
                    .rules()
                    .stream()
                    .anyMatch(rule ->
                            rule.status() == ExpirationStatus.ENABLED && rule.abortIncompleteMultipartUpload() != null);
        } catch (SdkException failure) {
            if (!S3Failures.codeOf(failure).equals("NoSuchLifecycleConfiguration")) {
                throw failure;
            }
            dropped = false;
        }
        return dropped
                ? good(Check.INCOMPLETE_UPLOADS, "A rule of the bucket drops them.")
                : advisable(Check.INCOMPLETE_UPLOADS, "No rule of the bucket drops them; the reconciler does.");
    }

    private void probe(List<StoreFinding> findings) {
        ObjectKey probe = keys.ofProbe(UUID.randomUUID());
        String key = probe.value();
        PutObjectResponse stored;
        try {
            PutObjectRequest.Builder request =
                    PutObjectRequest.builder().bucket(name).key(key).overrideConfiguration(S3Requests.promptly());
            if (sendsChecksums) {
                request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
            }
            stored = client.putObject(request.build(), RequestBody.fromBytes(PROBE));
        } catch (RuntimeException failure) {
            findings.add(new StoreFinding(Check.WRITING, Verdict.BAD, describe("Storing", failure)));
            ask(Check.REMOVING, Verdict.BAD, () -> remove(probe)); // it may have been stored all the same
            return;
        }
        findings.add(good(Check.WRITING, "An object of %d bytes was stored.".formatted(PROBE.length)));
        findings.add(ranges(probe, stored));
        findings.add(ask(Check.CONDITIONAL_READS, Verdict.BAD, () -> conditionalReads(key)));
        findings.add(ask(Check.CHECKSUMS, Verdict.UNKNOWN, () -> checksums(key)));
        findings.add(ask(Check.REMOVING, Verdict.BAD, () -> remove(probe)));
        findings.add(clock(stored));
    }

    private StoreFinding ranges(ObjectKey probe, PutObjectResponse stored) {
        try {
            ObjectVersion version =
                    objects.lookup().version("Storing " + probe, probe, stored.versionId(), stored.eTag());
            try (ObjectContent content = reading.open(version, new ByteRange(5, 20))) {
                byte[] part = content.readAllBytes();
                return new String(part, US_ASCII).equals("56789012345678901234")
                        ? good(Check.RANGES, "A range of the object was read.")
                        : new StoreFinding(Check.RANGES, Verdict.BAD, "The range has other bytes than were stored.");
            }
        } catch (IOException failure) {
            return new StoreFinding(Check.RANGES, Verdict.BAD, failure.getMessage());
        }
    }

    private StoreFinding conditionalReads(String key) {
        try {
            client.getObjectAsBytes(request ->
                    request.bucket(name).key(key).ifMatch("\"another\"").overrideConfiguration(S3Requests.promptly()));
            return new StoreFinding(
                    Check.CONDITIONAL_READS, Verdict.BAD, "A read that expects another object was answered.");
        } catch (SdkException failure) {
            if (S3Failures.statusOf(failure) != 412) {
                throw failure;
            }
            return good(Check.CONDITIONAL_READS, "A read that expects another object was refused.");
        }
    }

    private StoreFinding checksums(String key) {
        String kept = client.headObject(request -> request.bucket(name)
                        .key(key)
                        .checksumMode(ChecksumMode.ENABLED)
                        .overrideConfiguration(S3Requests.promptly()))
                .checksumCRC32C();
        return kept != null
                ? good(Check.CHECKSUMS, "The object's CRC32C is kept.")
                : advisable(Check.CHECKSUMS, "The object's CRC32C is not kept.");
    }

    /** All versions: a request that was sent again may have stored it twice. What stays the reconciler finds. */
    private StoreFinding remove(ObjectKey probe) {
        try {
            objects.deleteAllVersions(probe);
            return good(Check.REMOVING, "The object was removed.");
        } catch (ObjectStoreException failure) {
            return new StoreFinding(Check.REMOVING, Verdict.BAD, failure.getMessage());
        }
    }

    private StoreFinding clock(PutObjectResponse stored) {
        Optional<Instant> theirs =
                stored.sdkHttpResponse().firstMatchingHeader("Date").flatMap(S3Doctor::parse);
        if (theirs.isEmpty()) {
            return new StoreFinding(Check.CLOCK, Verdict.UNKNOWN, "The store does not tell the time.");
        }
        Duration skew = Duration.between(theirs.get(), clock.instant()).abs();
        Verdict verdict = skew.compareTo(TOLERABLE_SKEW) < 0
                ? Verdict.GOOD
                : skew.compareTo(REFUSED_SKEW) < 0 ? Verdict.ADVISABLE : Verdict.BAD;
        return new StoreFinding(Check.CLOCK, verdict, "The clocks differ by %d s.".formatted(skew.toSeconds()));
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static StoreFinding good(Check check, String found) {
        return new StoreFinding(check, Verdict.GOOD, found);
    }

    private static StoreFinding advisable(Check check, String found) {
        return new StoreFinding(check, Verdict.ADVISABLE, found);
    }
}
