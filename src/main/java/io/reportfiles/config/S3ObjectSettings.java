package io.reportfiles.config;

import java.util.List;
import java.util.Optional;

/**
 * How objects are stored.
 *
 * @param encryption what the store encrypts with
 * @param kmsKey id, alias or ARN of the key for encryption by KMS; empty: the account's own
 * @param storageClass as S3 calls it; empty: the bucket's default
 * @param acl a canned access list; empty: none is sent
 * @param checksums when a CRC32C goes with every upload
 */
public record S3ObjectSettings(
        Encryption encryption,
        Optional<String> kmsKey,
        Optional<String> storageClass,
        Optional<Acl> acl,
        Checksums checksums) {

    /** What the store encrypts with. */
    public enum Encryption {
        /** Whatever the bucket is set to. */
        BUCKET_DEFAULT,
        /** Keys managed by S3. */
        SSE_S3,
        /** A key of KMS. */
        SSE_KMS,
        /** A key of KMS, in two layers. */
        SSE_KMS_DSSE
    }

    /** The canned access lists that do not open a file to strangers. */
    public enum Acl {
        /** Only the object's owner. */
        PRIVATE,
        /** The bucket's owner may read. */
        BUCKET_OWNER_READ,
        /** The bucket's owner has full control. */
        BUCKET_OWNER_FULL_CONTROL,
        /** Amazon EC2 may read. */
        AWS_EXEC_READ
    }

    /** When a CRC32C goes with every upload and is compared with the store's answer. */
    public enum Checksums {
        /** Always; Amazon S3 and current S3-compatible stores verify it. */
        WHEN_SUPPORTED,
        /** Only where S3 insists, for stores that refuse what they do not know. */
        WHEN_REQUIRED
    }

    static final Setting<Encryption> ENCRYPTION = Setting.choice("reportfiles.s3.encryption", Encryption.class)
            .or("bucket-default")
            .meaning("Server-side encryption asked for with every upload.");
    static final Setting<String> KMS_KEY = Setting.text(
                    "reportfiles.s3.kms-key", "[\\w:/-]{1,2048}", "the id, alias or ARN of a KMS key")
            .meaning("Key for `sse-kms` and `sse-kms-dsse`. Absent: the account's own key for S3.");
    static final Setting<String> STORAGE_CLASS = Setting.text(
                    "reportfiles.s3.storage-class",
                    "(?!GLACIER$|DEEP_ARCHIVE$)[A-Z][A-Z0-9_]{1,63}",
                    "a storage class such as `STANDARD_IA`, but not `GLACIER` or `DEEP_ARCHIVE`, which can not be read at"
                            + " once")
            .meaning("Storage class of new files. Absent: the store's default.");
    static final Setting<Acl> ACL = Setting.choice("reportfiles.s3.acl", Acl.class)
            .meaning(
                    "Canned access list of new files; those that open a file to strangers are not offered. Absent: none"
                            + " is sent, as buckets with object ownership enforced want it.");
    static final Setting<Checksums> CHECKSUMS = Setting.choice("reportfiles.s3.checksums", Checksums.class)
            .or("when-supported")
            .meaning("Whether a CRC32C goes with every upload; `when-required` is for stores that refuse it.");

    static final List<Setting<?>> ALL = List.of(ENCRYPTION, KMS_KEY, STORAGE_CLASS, ACL, CHECKSUMS);

    static S3ObjectSettings read(SettingsReader reader) {
        Encryption encryption = reader.read(ENCRYPTION);
        Optional<String> kmsKey = reader.find(KMS_KEY);
        boolean withKms = encryption == Encryption.SSE_KMS || encryption == Encryption.SSE_KMS_DSSE;
        if (kmsKey.isPresent() && !withKms) {
            throw new SettingsException("%s is \"%s\", expected nothing unless %s is sse-kms or sse-kms-dsse."
                    .formatted(KMS_KEY.name(), kmsKey.get(), ENCRYPTION.name()));
        }
        return new S3ObjectSettings(
                encryption, kmsKey, reader.find(STORAGE_CLASS), reader.find(ACL), reader.read(CHECKSUMS));
    }
}
