package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectTruncatedException;
import io.reportfiles.storage.StoreRefusedException;
import io.reportfiles.storage.StoreUnavailableException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.ConnectionClosedException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Says in the words of the object store what the SDK's exceptions mean. */
final class S3Failures {

    static final String NO_SUCH_BUCKET = "NoSuchBucket";
    static final String NO_SUCH_UPLOAD = "NoSuchUpload";

    // Refusals by their status that are over when we try again: the body was damaged, too slow or overtaken on its way.
    private static final Set<String> PASSING = Set.of(
            "RequestTimeout",
            "BadDigest",
            "XAmzContentSHA256Mismatch",
            "XAmzContentChecksumMismatch",
            "IncompleteBody",
            NO_SUCH_UPLOAD,
            "OperationAborted",
            "ConditionalRequestConflict",
            "SlowDown",
            "Throttling",
            "ThrottlingException");

    private S3Failures() {}

    /**
     * The failure of a request.
     *
     * @param what the request in a few words, such as {@code Reading a/b}
     */
    static ObjectStoreException of(String what, SdkException failure) {
        if (failure instanceof AwsServiceException answer) {
            return ofAnswer(what, answer);
        }
        String message = what + ": " + failure.getMessage();
        boolean unanswered = failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException
                || failure instanceof AbortedException
                || causedByTransport(failure);
        // what is left was found before anything was sent: no credentials, for the most part
        return unanswered
                ? new StoreUnavailableException(message, "", failure)
                : new StoreRefusedException(message, "", failure);
    }

    private static ObjectStoreException ofAnswer(String what, AwsServiceException answer) {
        int status = answer.statusCode();
        String code = codeOf(answer);
        String requestId = Optional.ofNullable(answer.requestId()).orElse("");
        String message = "%s: S3 answered %d %s".formatted(what, status, explanationOf(answer));
        if (status == 429 || (status >= 500 && status != 501) || PASSING.contains(code)) {
            return new StoreUnavailableException(message, requestId, answer);
        }
        return switch (status) {
            case 404 ->
                code.equals(NO_SUCH_BUCKET)
                        ? new StoreRefusedException(message, requestId, answer)
                        : new ObjectMissingException(message, requestId, answer);
            // reading a version that is a delete marker
            case 405 -> new ObjectMissingException(message, requestId, answer);
            case 412, 416 -> new ObjectChangedException(message, requestId, answer);
            default -> new StoreRefusedException(message, requestId, answer);
        };
    }

    /** What S3 calls the failure; empty where it gave no body, as in an answer to HEAD. */
    static String codeOf(SdkException failure) {
        return failure instanceof AwsServiceException answer
                ? Optional.ofNullable(answer.awsErrorDetails())
                        .map(AwsErrorDetails::errorCode)
                        .orElse("")
                : "";
    }

    /** The failure in the words of S3, as far as it gave any. */
    private static String explanationOf(AwsServiceException answer) {
        String words = Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .orElse("");
        return "%s (%s)".formatted(codeOf(answer), words).replaceAll("\\p{Cntrl}", " ");
    }

    /** Status S3 answered with; 0 where it did not answer. */
    static int statusOf(SdkException failure) {
        return failure instanceof SdkServiceException answer ? answer.statusCode() : 0;
    }

    /** The failure of an answer that had begun. */
    static ObjectStoreException ofReading(String what, String requestId, Exception failure) {
        String message = what + ": " + failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectionClosedException) {
                return new ObjectTruncatedException(message, requestId, failure);
            }
        }
        return new StoreUnavailableException(message, requestId, failure);
    }

    private static boolean causedByTransport(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
