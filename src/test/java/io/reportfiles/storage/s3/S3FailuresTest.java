package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectTruncatedException;
import io.reportfiles.storage.StoreRefusedException;
import io.reportfiles.storage.StoreUnavailableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailuresTest {

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchKey, ObjectMissingException",
        "404, NoSuchVersion, ObjectMissingException",
        "404, '', ObjectMissingException",
        "405, MethodNotAllowed, ObjectMissingException",
        "404, NoSuchBucket, StoreRefusedException",
        "404, NoSuchUpload, StoreUnavailableException",
        "412, PreconditionFailed, ObjectChangedException",
        "416, InvalidRange, ObjectChangedException",
        "400, BadDigest, StoreUnavailableException",
        "400, RequestTimeout, StoreUnavailableException",
        "400, AuthorizationHeaderMalformed, StoreRefusedException",
        "400, ExpiredToken, StoreRefusedException",
        "403, SignatureDoesNotMatch, StoreRefusedException",
        "403, AccessDenied, StoreRefusedException",
        "301, PermanentRedirect, StoreRefusedException",
        "429, '', StoreUnavailableException",
        "500, InternalError, StoreUnavailableException",
        "501, NotImplemented, StoreRefusedException",
        "502, '', StoreUnavailableException",
        "503, SlowDown, StoreUnavailableException",
        "504, '', StoreUnavailableException"
    })
    void answerHasItsMeaning(int status, String code, String expected) {
        SdkException answer = S3Exception.builder()
                .statusCode(status)
                .requestId("4442587FB7D0A2F9")
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();

        ObjectStoreException failure = S3Failures.of("Reading a", answer);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(failure)
                .hasMessageStartingWith("Reading a: S3 answered " + status)
                .hasCause(answer);
        assertThat(failure.requestId()).contains("4442587FB7D0A2F9");
        assertThat(failure.mayPass()).isEqualTo(failure instanceof StoreUnavailableException);
    }

    @Test
    void answerWithoutDetailsIsUnderstood() {
        SdkException answer = S3Exception.builder().statusCode(503).build();

        assertThat(S3Failures.of("Reading a", answer)).isInstanceOf(StoreUnavailableException.class);
        assertThat(S3Failures.of("Reading a", answer).requestId()).isEmpty();
    }

    @Test
    void silenceIsUnavailable() {
        for (IOException cause : new IOException[] {
            new ConnectException("refused"),
            new UnknownHostException("s3.example.org"),
            new SocketTimeoutException("read"),
            new SocketException("reset")
        }) {
            SdkException failure =
                    SdkClientException.create("Unable to execute HTTP request", new RuntimeException(cause));
            assertThat(S3Failures.of("Reading a", failure)).isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(S3Failures.of("Reading a", ApiCallTimeoutException.create(1000)))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void missingCredentialsAreARefusal() {
        assertThat(S3Failures.of("Reading a", SdkClientException.create("Unable to load credentials")))
                .isInstanceOf(StoreRefusedException.class);
    }

    @Test
    void earlyEndIsToldFromABrokenConnection() {
        assertThat(S3Failures.ofReading("Reading a", "", new ConnectionClosedException("Premature end")))
                .isInstanceOf(ObjectTruncatedException.class);
        assertThat(S3Failures.ofReading("Reading a", "id", new SocketException("Connection reset")))
                .isInstanceOf(StoreUnavailableException.class)
                .satisfies(failure -> assertThat(failure.requestId()).contains("id"));
    }
}
