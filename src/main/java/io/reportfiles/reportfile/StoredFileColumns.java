package io.reportfiles.reportfile;

import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectVersion;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Optional;

/** The stored file of a report file in its row: at first the key alone, in the end all of it. */
@Embeddable
class StoredFileColumns {

    @Column(name = "object_key", updatable = false)
    private String key;

    @Column(name = "bucket")
    private String bucket;

    @Column(name = "object_version_id")
    private String versionId; // null: the bucket keeps no versions

    @Column(name = "object_etag")
    private String eTag;

    @Column(name = "size_bytes")
    private Long size;

    @Column(name = "sha256")
    private String sha256;

    @Column(name = "crc32c")
    private String crc32c;

    @Column(name = "crc32")
    private String crc32;

    @Column(name = "charset")
    private String charset; // null: not known to be text

    protected StoredFileColumns() {}

    StoredFileColumns(ObjectKey key) {
        this.key = key.value();
    }

    ObjectKey key() {
        return new ObjectKey(key);
    }

    void confirm(StoredFile stored) {
        ObjectVersion object = stored.object();
        if (!object.key().value().equals(key)) {
            throw new IllegalArgumentException("%s was reserved, %s is stored".formatted(key, object.key()));
        }
        bucket = object.bucket();
        versionId = object.versionId().orElse(null);
        eTag = object.eTag();
        size = stored.size();
        sha256 = stored.sha256();
        crc32c = stored.crc32c();
        crc32 = stored.crc32();
        charset = stored.encoding().map(TextEncoding::charset).orElse(null);
    }

    Optional<StoredFile> value() {
        if (size == null) {
            return Optional.empty();
        }
        ObjectVersion object = new ObjectVersion(bucket, key(), Optional.ofNullable(versionId), eTag);
        return Optional.of(new StoredFile(
                object,
                size,
                sha256,
                crc32c,
                crc32,
                Optional.ofNullable(charset).flatMap(TextEncoding::of)));
    }
}
