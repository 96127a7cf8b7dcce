package io.reportfiles.submission.tus;

import io.reportfiles.config.TusSettings;
import io.reportfiles.storage.BulkInputStream;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.PartialObject;
import io.reportfiles.storage.PartialObject.Tail;
import io.reportfiles.storage.PartialObjects.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request that receives bytes of an upload it holds. What the store confirms is noted in the database at once, or, if
 * the request brings a checksum, all together when that was found to be right. For one thread.
 */
final class Receiving implements Progress {

    /** When what has come is noted. */
    enum Noting {
        /** As soon as the store has it. */
        AT_ONCE,
        /** With {@link #note}, if ever. */
        AT_THE_END
    }

    private static final Logger LOG = System.getLogger(Receiving.class.getName());

    private final UploadLock hold;
    private final Noting noting;
    private final ResumableUploads uploads;
    private final ObjectStore store;
    private final Duration saveInterval;
    private final Duration renewalInterval;
    private final Clock clock;
    private PartialObject noted;
    private PartialObject reached;
    private final List<Integer> newParts = new ArrayList<>(); // their checksums, not noted yet
    private Instant storedAt;
    private Instant renewedAt;

    Receiving(
            UploadLock hold,
            Noting noting,
            ResumableUploads uploads,
            ObjectStore store,
            TusSettings settings,
            Clock clock) {
        this.hold = hold;
        this.noting = noting;
        this.uploads = uploads;
        this.store = store;
        this.saveInterval = settings.saveInterval();
        this.renewalInterval = settings.lease().dividedBy(UploadLock.RENEWALS_PER_LEASE);
        this.clock = clock;
        noted = hold.upload().object();
        reached = noted;
        storedAt = clock.instant();
        renewedAt = storedAt;
    }

    /** What the database says. */
    PartialObject noted() {
        return noted;
    }

    @Override
    public void partStored(PartialObject now, int crc32c) throws IOException {
        newParts.add(crc32c);
        tailStored(now);
    }

    @Override
    public void tailStored(PartialObject now) throws IOException {
        Optional<Tail> before = reached.tail();
        reached = now;
        storedAt = clock.instant();
        if (noting == Noting.AT_ONCE) {
            note();
        } else if (!before.equals(noted.tail())) {
            before.ifPresent(this::discard);
        }
    }

    @Override
    public boolean isDue() {
        return noting == Noting.AT_ONCE && !clock.instant().isBefore(storedAt.plus(saveInterval));
    }

    /**
     * Notes everything that the store has.
     *
     * @throws TakenOverException if another request has the upload now
     */
    void note() throws TakenOverException {
        if (!uploads.save(hold, reached, newParts)) {
            forget();
            throw new TakenOverException();
        }
        renewedAt = clock.instant();
        Optional<Tail> before = noted.tail();
        noted = reached;
        newParts.clear();
        if (!before.equals(noted.tail())) {
            before.ifPresent(this::discard);
        }
    }

    /** Gives up what the store has and the database does not know of. */
    void forget() {
        if (!reached.tail().equals(noted.tail())) {
            reached.tail().ifPresent(this::discard);
        }
        reached = noted;
        newParts.clear();
    }

    /** The bytes of {@code source}; as long as some arrive, the upload stays with this request. */
    InputStream renewing(InputStream source) {
        return new BulkInputStream() {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = source.read(buffer, offset, length);
                renewInTime();
                return count;
            }
        };
    }

    private void renewInTime() throws TakenOverException {
        Instant now = clock.instant();
        if (now.isBefore(renewedAt.plus(renewalInterval))) {
            return;
        }
        if (!uploads.renew(hold)) {
            throw new TakenOverException();
        }
        renewedAt = now;
    }

    /** Leaving it costs space until the upload ends, nothing else. */
    private void discard(Tail tail) {
        try {
            store.delete(tail.object());
        } catch (ObjectStoreException e) {
            LOG.log(
                    Level.DEBUG,
                    "{0} stays for the time being: {1}",
                    tail.object().key(),
                    e.getMessage());
        }
    }
}
