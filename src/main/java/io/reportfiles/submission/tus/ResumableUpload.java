package io.reportfiles.submission.tus;

import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.PartialObject;
import io.reportfiles.storage.PartialObject.Tail;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How far an upload has come, and who may take it further. Whoever does so gets a number, the fence, which is larger than
 * those before: a node that paused, and lost the upload to another, changes nothing any more.
 */
@Entity
@Table(name = "resumable_upload")
@NamedQuery(name = "ResumableUpload.removeExpired", query = """
                delete from ResumableUpload u
                where u.expiresAt < :now and not exists (select f from ReportFile f where f.id = u.fileId
                and f.state = io.reportfiles.reportfile.ReportFileState.RECEIVING)""")
@NamedQuery(name = "ResumableUpload.countUnfinished", query = """
                select count(u) from ResumableUpload u
                where u.ownerId = :owner and u.expiresAt >= :now and exists (select f from ReportFile f where f.id = u.fileId
                and f.state = io.reportfiles.reportfile.ReportFileState.RECEIVING)""")
@NamedQuery(name = "ResumableUpload.parts", query = """
                select p.crc32c from ResumablePart p where p.id.fileId = :id and p.id.number <= :count
                order by p.id.number""")
class ResumableUpload {

    @Id
    @Column(name = "report_file_id", updatable = false)
    private UUID fileId;

    @Column(name = "owner_id", updatable = false)
    private UUID ownerId;

    @Column(name = "metadata", updatable = false)
    private String metadata;

    @Column(name = "expected_sha256", updatable = false)
    private String expectedSha256; // null: the client named none

    @Column(name = "size_bytes", updatable = false)
    private long size;

    @Column(name = "object_key", updatable = false)
    private String key;

    @Column(name = "store_upload_id", updatable = false)
    private String storeUploadId; // null: there are no bytes to come

    @Column(name = "part_bytes", updatable = false)
    private long partSize;

    @Column(name = "parts_stored")
    private int partsStored;

    @Column(name = "tail_key")
    private String tailKey; // null: there is none

    @Column(name = "tail_bucket")
    private String tailBucket;

    @Column(name = "tail_version_id")
    private String tailVersionId; // null: the bucket keeps no versions

    @Column(name = "tail_etag")
    private String tailTag;

    @Column(name = "tail_bytes")
    private Long tailSize;

    @Column(name = "tail_crc32c")
    private Integer tailCrc32c;

    @Column(name = "fence")
    private long fence;

    @Column(name = "held_until")
    private Instant heldUntil;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Version
    @Column(name = "row_version")
    private int rowVersion;

    protected ResumableUpload() {}

    ResumableUpload(UploadDetails details, Instant now) {
        fileId = details.id().value();
        ownerId = details.ownerId();
        metadata = details.metadata();
        expectedSha256 = details.expectedSha256().orElse(null);
        size = details.object().size();
        key = details.object().key().value();
        storeUploadId = details.object().uploadId().orElse(null);
        partSize = details.object().partSize();
        heldUntil = now;
        expiresAt = details.expiresAt();
        take(details.object());
    }

    /** The number of a new holder; empty while the last one still is. */
    Optional<Long> hold(Instant now, Instant until, Instant expiry) {
        if (heldUntil.isAfter(now)) {
            return Optional.empty();
        }
        fence++;
        heldUntil = until;
        expiresAt = expiry;
        return Optional.of(fence);
    }

    /** Whether nobody has taken the upload over from this holder; it is held for longer then. */
    boolean renew(long holder, Instant until) {
        if (fence != holder) {
            return false;
        }
        heldUntil = until;
        return true;
    }

    /** Puts off its expiry, since bytes come. */
    void expireAt(Instant expiry) {
        expiresAt = expiry;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    /** Lets go of the upload: nothing that this holder still does keeps it any more. */
    void release(long holder, Instant now) {
        if (fence == holder) {
            fence++;
            heldUntil = now;
        }
    }

    /** Notes how far the upload has come. */
    final void take(PartialObject object) {
        partsStored = object.partsStored();
        Optional<Tail> tail = object.tail();
        Optional<ObjectVersion> version = tail.map(Tail::object);
        tailKey = version.map(there -> there.key().value()).orElse(null);
        tailBucket = version.map(ObjectVersion::bucket).orElse(null);
        tailVersionId = version.flatMap(ObjectVersion::versionId).orElse(null);
        tailTag = version.map(ObjectVersion::eTag).orElse(null);
        tailSize = tail.map(Tail::size).orElse(null);
        tailCrc32c = tail.map(Tail::crc32c).orElse(null);
    }

    UploadDetails details() {
        return new UploadDetails(
                new ReportFileId(fileId),
                ownerId,
                metadata,
                Optional.ofNullable(expectedSha256),
                new PartialObject(
                        new ObjectKey(key), size, Optional.ofNullable(storeUploadId), partSize, partsStored, tail()),
                expiresAt);
    }

    private Optional<Tail> tail() {
        if (tailKey == null) {
            return Optional.empty();
        }
        ObjectVersion object =
                new ObjectVersion(tailBucket, new ObjectKey(tailKey), Optional.ofNullable(tailVersionId), tailTag);
        return Optional.of(new Tail(object, tailSize, tailCrc32c));
    }
}
