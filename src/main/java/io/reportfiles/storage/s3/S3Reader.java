package io.reportfiles.storage.s3;

import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.s3.S3Signatures.Signed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Sends the requests that read objects, with the SDK's endpoint rules, credentials, signer, retry strategy and HTTP
 * client, but not through the pipeline that the SDK's client puts around them: for a small file that alone costs as much
 * as the rest of the read (decision record 0021). Safe for any number of threads.
 */
final class S3Reader {

    /** All requests share one retry quota, as those of the SDK's client do. */
    private static final String RETRY_SCOPE = "GLOBAL";

    private static final int FORBIDDEN = 403;

    private final S3Connection connection;
    private final S3Signatures signatures;

    S3Reader(S3Connection connection, Clock clock) {
        this.connection = connection;
        this.signatures = new S3Signatures(connection, clock);
    }

    /**
     * Asks for part of an object until S3 has begun to answer with it, or has failed as often as configured. Whoever
     * gets the answer closes or aborts it.
     *
     * @throws SdkException the same as the SDK's client would throw
     */
    S3Answer get(ObjectVersion version, ByteRange part) {
        long callEnd = System.nanoTime() + connection.callTimeout().toNanos();
        AcquireInitialTokenResponse begin =
                connection.retries().acquireInitialToken(AcquireInitialTokenRequest.create(RETRY_SCOPE));
        RetryToken token = begin.token();
        pause(begin.delay());
        AwsCredentials credentials = connection.credentials().resolveCredentials();
        while (true) {
            try {
                S3Answer answer = attempt(version, part, credentials, callEnd);
                connection.retries().recordSuccess(RecordSuccessRequest.create(token));
                return answer;
            } catch (SdkException failure) {
                signatures.learnFrom(failure);
                RefreshRetryTokenResponse again = requireAnotherTry(token, failure);
                token = again.token();
                pause(again.delay());
            }
        }
    }

    /** One try: one request, or two where the store does not take the signature that was kept from before. */
    private S3Answer attempt(ObjectVersion version, ByteRange part, AwsCredentials credentials, long callEnd) {
        Optional<Signed> kept = signatures.kept(version, credentials);
        if (kept.isPresent()) {
            try {
                return send(kept.get().request(), part, callEnd);
            } catch (AwsServiceException refusal) {
                if (refusal.statusCode() != FORBIDDEN || refusal.isClockSkewException()) {
                    throw refusal;
                }
                signatures.forget(version); // a bucket's policy may want younger ones than S3 does
            }
        }
        Signed signed = signatures.sign(version, credentials);
        S3Answer answer = send(signed.request(), part, callEnd);
        signatures.keep(version, signed);
        return answer;
    }

    /** One request; it may take no longer than an attempt may, nor than is left for the call. */
    private S3Answer send(SdkHttpRequest signed, ByteRange part, long callEnd) {
        requireNoInterrupt();
        SdkHttpRequest request = signed.toBuilder()
                .putHeader("Range", "bytes=" + part.offset() + '-' + (part.end() - 1))
                .build();
        ExecutableHttpRequest exchange = connection
                .http()
                .prepareRequest(HttpExecuteRequest.builder().request(request).build());
        try (TimeLimit limit = new TimeLimit(exchange, connection.attemptTimeout(), callEnd, connection.clock())) {
            try {
                HttpExecuteResponse response = exchange.call();
                S3Answer answer = S3Answer.of(response);
                if (!limit.end()) {
                    answer.abort();
                    throw limit.exceeded();
                }
                return answer;
            } catch (IOException failure) {
                requireNoInterrupt();
                throw limit.end()
                        ? SdkClientException.create("S3 can not be asked: " + failure, failure)
                        : limit.exceeded();
            }
        }
    }

    private RefreshRetryTokenResponse requireAnotherTry(RetryToken token, SdkException failure) {
        if (failure instanceof AbortedException) {
            throw failure;
        }
        try {
            return connection
                    .retries()
                    .refreshRetryToken(RefreshRetryTokenRequest.builder()
                            .token(token)
                            .suggestedDelay(Duration.ZERO)
                            .failure(failure)
                            .build());
        } catch (TokenAcquisitionFailedException enough) {
            throw failure;
        }
    }

    private static void pause(Duration delay) {
        if (!delay.isZero()) {
            try {
                Thread.sleep(delay.toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                requireNoInterrupt();
            }
        }
    }

    private static void requireNoInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw AbortedException.create("The thread was interrupted");
        }
    }
}
