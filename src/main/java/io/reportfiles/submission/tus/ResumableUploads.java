package io.reportfiles.submission.tus;

import io.reportfiles.config.TusSettings;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.Submissions;
import io.reportfiles.storage.PartialObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The uploads there are, and who goes on with which. Each method is one short transaction; any number of threads and nodes
 * may call at once.
 */
@ApplicationScoped
class ResumableUploads {

    private EntityManager entities;
    private Transactions transactions;
    private Submissions submissions;
    private TusSettings settings;
    private Clock clock;

    /** For the client proxy. */
    protected ResumableUploads() {}

    @Inject
    ResumableUploads(
            EntityManager entities,
            Transactions transactions,
            Submissions submissions,
            TusSettings settings,
            Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.submissions = submissions;
        this.settings = settings;
        this.clock = clock;
    }

    /** Keeps a new upload, which nobody holds. Its report file has to be reserved. */
    void add(UploadDetails upload) {
        transactions.run(() -> entities.persist(new ResumableUpload(upload, clock.instant())));
    }

    /** The upload with this id. */
    Optional<UploadDetails> find(ReportFileId id) {
        return transactions.call(() -> Optional.ofNullable(entities.find(ResumableUpload.class, id.value()))
                .map(ResumableUpload::details));
    }

    /**
     * Takes an upload, for as long as the lease lasts without {@link #renew} or {@link #save}, and puts off its expiry.
     *
     * @param expiry when it expires from now on
     * @return empty while somebody else has it
     */
    Optional<UploadLock> hold(ReportFileId id, Instant expiry) {
        return transactions.call(() -> Optional.ofNullable(locked(id))
                .flatMap(upload -> upload.hold(clock.instant(), leaseEnd(), expiry)
                        .map(fence -> new UploadLock(upload.details(), fence))));
    }

    /** Keeps an upload for longer, and puts off its expiry; false if another request has taken it over. */
    boolean renew(UploadLock hold) {
        return change(hold, upload -> renew(hold, upload));
    }

    private boolean renew(UploadLock hold, ResumableUpload upload) {
        boolean held = upload.renew(hold.fence(), leaseEnd());
        Instant now = clock.instant();
        if (held && upload.expiresAt().isBefore(now.plus(settings.expiry().dividedBy(2)))) {
            Instant expiry = now.plus(settings.expiry());
            upload.expireAt(expiry);
            submissions.renew(hold.upload().id(), expiry);
        }
        return held;
    }

    /**
     * Notes how far an upload has come, and keeps it for longer; false if another request has taken it over.
     *
     * @param crc32cs those of the last parts, which were not noted before
     */
    boolean save(UploadLock hold, PartialObject object, List<Integer> crc32cs) {
        return change(hold, upload -> {
            boolean held = renew(hold, upload);
            if (held) {
                upload.take(object);
                int before = object.partsStored() - crc32cs.size();
                for (int i = 0; i < crc32cs.size(); i++) {
                    UUID fileId = hold.upload().id().value();
                    entities.persist(new ResumablePart(fileId, before + i + 1, crc32cs.get(i)));
                }
            }
            return held;
        });
    }

    /** The checksums of the first parts of an upload, in order. */
    List<Integer> crc32cs(ReportFileId id, int count) {
        return transactions.call(() -> entities.createNamedQuery("ResumableUpload.parts", Integer.class)
                .setParameter("id", id.value())
                .setParameter("count", count)
                .getResultList());
    }

    /** Lets go of an upload, if it is still held. */
    void release(UploadLock hold) {
        change(hold, upload -> {
            upload.release(hold.fence(), clock.instant());
            return true;
        });
    }

    /** How many uploads of an account may still become report files. */
    long countUnfinished(UUID owner) {
        return transactions.call(() -> entities.createNamedQuery("ResumableUpload.countUnfinished", Long.class)
                .setParameter("owner", owner)
                .setParameter("now", clock.instant())
                .getSingleResult());
    }

    /** Forgets the uploads that have expired, once their report files have become available or failed. */
    int removeExpired() {
        return transactions.call(() -> entities.createNamedQuery("ResumableUpload.removeExpired")
                .setParameter("now", clock.instant())
                .executeUpdate());
    }

    private boolean change(UploadLock hold, Predicate<ResumableUpload> change) {
        return transactions.call(() -> {
            ResumableUpload upload = locked(hold.upload().id());
            return upload != null && change.test(upload);
        });
    }

    private ResumableUpload locked(ReportFileId id) {
        return entities.find(ResumableUpload.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
    }

    private Instant leaseEnd() {
        return clock.instant().plus(settings.lease());
    }
}
