package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.ClockSkew;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/**
 * Signs the requests that read objects, once for all parts of a version that are read within some minutes: a slow reader
 * asks for hundreds of them, and a signature is much of what each costs. {@code Range} can be added to what is signed
 * here, since Signature Version 4 wants {@code Host} and {@code x-amz-*} signed and leaves the others free (Amazon S3 API
 * Reference, "Signature Calculations for the Authorization Header"). Safe for any number of threads.
 */
final class S3Signatures {

    /** A third of what S3 takes, which leaves a clock that is wrong by ten minutes its due. */
    private static final Duration KEPT = Duration.ofMinutes(5);

    private static final String USER_AGENT = "report-files";

    private final S3Connection connection;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final Clock clock;
    private volatile Clock signingClock;

    /** About 2 KiB each, for as long as the download has its version in hand that brought it. Guarded by itself. */
    private final Map<ObjectVersion, Signed> kept = new WeakHashMap<>();

    /**
     * A request without {@code Range}, signed.
     *
     * @param by the clock it was signed by
     * @param at when, by ours
     */
    record Signed(SdkHttpRequest request, AwsCredentials credentials, Clock by, Instant at) {

        private boolean isGood(AwsCredentials wanted, Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(KEPT)) && credentials.equals(wanted);
        }
    }

    S3Signatures(S3Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
        this.signingClock = clock;
    }

    /** A request for this version that S3 has taken before and may be sent again. */
    Optional<Signed> kept(ObjectVersion version, AwsCredentials credentials) {
        Instant now = clock.instant();
        synchronized (kept) {
            return Optional.ofNullable(kept.get(version)).filter(signed -> signed.isGood(credentials, now));
        }
    }

    /** Keeps a request that S3 has taken. */
    void keep(ObjectVersion version, Signed taken) {
        synchronized (kept) {
            if (taken.by.equals(signingClock)) { // otherwise corrected in the meantime, and this one soon refused
                kept.put(version, taken);
            }
        }
    }

    /** Keeps it no more, since S3 does not take it. */
    void forget(ObjectVersion version) {
        synchronized (kept) {
            kept.remove(version);
        }
    }

    /**
     * Signs a request for this version.
     *
     * @throws SdkException if it is not known where its bucket is
     */
    Signed sign(ObjectVersion version, AwsCredentials credentials) {
        Clock by = signingClock;
        Instant now = clock.instant();
        return new Signed(signed(version, credentials, by), credentials, by, now);
    }

    private SdkHttpRequest signed(ObjectVersion version, AwsCredentials credentials, Clock by) {
        S3Addresses.Address address = connection.addresses().of(version.bucket());
        SdkHttpRequest.Builder request = address.get(version)
                .putHeader("If-Match", '"' + version.eTag() + '"')
                .putHeader("User-Agent", USER_AGENT);
        connection.bucketOwner().ifPresent(owner -> request.putHeader("x-amz-expected-bucket-owner", owner));
        return signer.sign(sign -> sign.request(request.build())
                        .identity(credentials)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, address.signingName())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, address.signingRegion())
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false) // as S3 wants it
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, by))
                .request();
    }

    /** If S3 says that our clock is wrong, signatures are made by its clock from now on. */
    void learnFrom(SdkException failure) {
        if (failure instanceof AwsServiceException answer && answer.isClockSkewException()) {
            Instant now = clock.instant();
            ClockSkew.getServerTime(answer.awsErrorDetails().sdkHttpResponse()).ifPresent(theirs -> {
                synchronized (kept) {
                    signingClock = Clock.offset(clock, Duration.between(now, theirs));
                    kept.clear();
                }
            });
        }
    }
}
