package io.reportfiles.storage.s3;

import io.reportfiles.config.S3ObjectSettings;
import io.reportfiles.config.S3ObjectSettings.Acl;
import io.reportfiles.config.S3ObjectSettings.Checksums;
import io.reportfiles.config.S3ObjectSettings.Encryption;
import io.reportfiles.storage.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * The requests about objects of one bucket, as configured.
 *
 * @param bucket the bucket that new objects go to
 * @param settings how they are stored
 */
record S3Requests(String bucket, S3ObjectSettings settings) {

    // Nothing that is served comes from here: the type a reader sees is kept in our records.
    private static final String CONTENT_TYPE = "application/octet-stream";

    /** For questions and repairs that somebody waits for: S3 answers soon or not at all. */
    static AwsRequestOverrideConfiguration promptly() {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(Duration.ofSeconds(10))
                .build();
    }

    boolean sendsChecksums() {
        return settings.checksums() == Checksums.WHEN_SUPPORTED;
    }

    PutObjectRequest put(ObjectKey key, PartBuffer content) {
        var request = putting(key, CONTENT_TYPE).contentLength(content.length());
        settings.storageClass().ifPresent(request::storageClass);
        if (sendsChecksums()) {
            request.checksumCRC32C(content.crc32cInBase64());
        }
        return request.build();
    }

    /** What is published says what it is. It is small and read again and again, so the class for files does not suit it. */
    PutObjectRequest put(ObjectKey key, String contentType) {
        return putting(key, contentType).build();
    }

    private PutObjectRequest.Builder putting(ObjectKey key, String contentType) {
        var request = PutObjectRequest.builder().bucket(bucket).key(key.value()).contentType(contentType);
        encryption().ifPresent(request::serverSideEncryption);
        settings.kmsKey().ifPresent(request::ssekmsKeyId);
        acl().ifPresent(request::acl);
        if (sendsChecksums()) {
            request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
        }
        return request;
    }

    CreateMultipartUploadRequest createMultipart(ObjectKey key) {
        var request = CreateMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(key.value())
                .contentType(CONTENT_TYPE);
        encryption().ifPresent(request::serverSideEncryption);
        settings.kmsKey().ifPresent(request::ssekmsKeyId);
        settings.storageClass().ifPresent(request::storageClass);
        acl().ifPresent(request::acl);
        if (sendsChecksums()) {
            request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
        }
        return request.build();
    }

    UploadPartRequest part(ObjectKey key, String uploadId, int number, PartBuffer content) {
        var request = UploadPartRequest.builder()
                .bucket(bucket)
                .key(key.value())
                .uploadId(uploadId)
                .partNumber(number)
                .contentLength(content.length());
        if (sendsChecksums()) {
            request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C).checksumCRC32C(content.crc32cInBase64());
        }
        return request.build();
    }

    CompleteMultipartUploadRequest complete(ObjectKey key, String uploadId, List<CompletedPart> parts) {
        return CompleteMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(key.value())
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(parts))
                .build();
    }

    private Optional<ServerSideEncryption> encryption() {
        Encryption encryption = settings.encryption();
        return switch (encryption) {
            case BUCKET_DEFAULT -> Optional.empty();
            case SSE_S3 -> Optional.of(ServerSideEncryption.AES256);
            case SSE_KMS -> Optional.of(ServerSideEncryption.AWS_KMS);
            case SSE_KMS_DSSE -> Optional.of(ServerSideEncryption.AWS_KMS_DSSE);
        };
    }

    private Optional<ObjectCannedACL> acl() {
        return settings.acl().map(S3Requests::canned);
    }

    private static ObjectCannedACL canned(Acl acl) {
        return switch (acl) {
            case PRIVATE -> ObjectCannedACL.PRIVATE;
            case BUCKET_OWNER_READ -> ObjectCannedACL.BUCKET_OWNER_READ;
            case BUCKET_OWNER_FULL_CONTROL -> ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL;
            case AWS_EXEC_READ -> ObjectCannedACL.AWS_EXEC_READ;
        };
    }
}
