package io.reportfiles.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What development and tests count on. */
class LocalS3IT {
    private static final LocalS3.Credentials CREDENTIALS = new LocalS3.Credentials("access", "secret");
    private static final String BUCKET = "bucket";
    private static final String KEY = "a/b.bin";

    @TempDir
    private Path directory;

    @Test
    void keepsEveryVersionAndReadsAPartOfAPinnedOne() throws IOException {
        try (LocalS3 server = LocalS3.start(directory, 0, CREDENTIALS);
                S3Client client = client(server, "secret")) {
            client.createBucket(bucket -> bucket.bucket(BUCKET));
            String first = client.putObject(put -> put.bucket(BUCKET).key(KEY), RequestBody.fromString("first"))
                    .versionId();
            String second = client.putObject(put -> put.bucket(BUCKET).key(KEY), RequestBody.fromString("second"))
                    .versionId();
            String tag = client.headObject(head -> head.bucket(BUCKET).key(KEY).versionId(first))
                    .eTag();

            assertThat(first).isNotBlank().isNotEqualTo(second);
            assertThat(client.getObjectAsBytes(GetObjectRequest.builder()
                                    .bucket(BUCKET)
                                    .key(KEY)
                                    .versionId(first)
                                    .ifMatch(tag)
                                    .range("bytes=2-4")
                                    .build())
                            .asUtf8String())
                    .isEqualTo("rst");
            assertThatThrownBy(() -> client.getObjectAsBytes(
                            get -> get.bucket(BUCKET).key(KEY).versionId(second).ifMatch(tag)))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        }
    }

    @Test
    void keepsWhatWasUploadedInPartsFromOneStartToTheNext() throws IOException {
        byte[] content = new byte[6 << 20];
        new Random(1).nextBytes(content);
        String version;
        try (LocalS3 server = LocalS3.start(directory, 0, CREDENTIALS);
                S3Client client = client(server, "secret")) {
            client.createBucket(bucket -> bucket.bucket(BUCKET));
            version = uploadInParts(client, content);
        }

        try (LocalS3 server = LocalS3.start(directory, 0, CREDENTIALS);
                S3Client client = client(server, "secret")) {
            byte[] stored = client.getObjectAsBytes(
                            get -> get.bucket(BUCKET).key(KEY).versionId(version))
                    .asByteArray();
            assertThat(Arrays.equals(stored, content)).isTrue();
        }
    }

    @Test
    void refusesAWrongSignature() throws IOException {
        try (LocalS3 server = LocalS3.start(directory, 0, CREDENTIALS);
                S3Client client = client(server, "another secret")) {
            assertThatThrownBy(client::listBuckets)
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    private static String uploadInParts(S3Client client, byte[] content) {
        int firstPart = 5 << 20;
        String id = client.createMultipartUpload(create -> create.bucket(BUCKET).key(KEY))
                .uploadId();
        CompletedPart[] parts = {
            uploadPart(client, id, 1, Arrays.copyOf(content, firstPart)),
            uploadPart(client, id, 2, Arrays.copyOfRange(content, firstPart, content.length))
        };
        return client.completeMultipartUpload(complete ->
                        complete.bucket(BUCKET).key(KEY).uploadId(id).multipartUpload(upload -> upload.parts(parts)))
                .versionId();
    }

    private static CompletedPart uploadPart(S3Client client, String id, int number, byte[] content) {
        String tag = client.uploadPart(
                        part -> part.bucket(BUCKET).key(KEY).uploadId(id).partNumber(number),
                        RequestBody.fromBytes(content))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private static S3Client client(LocalS3 server, String secret) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(server.credentials().accessKey(), secret)))
                .build();
    }
}
