package io.reportfiles.storage.s3;

import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectTooLargeException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.PartialObject;
import io.reportfiles.storage.PartialObject.Tail;
import io.reportfiles.storage.PartialObjects.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.UUID;

/** One call that brings more bytes of an object in pieces. Fills one buffer, which grows with what comes. */
final class PartialUpload {

    private static final long GROWTH = 1 << 20;

    private final S3Objects objects;
    private final ObjectStore store;
    private final PartBuffer buffer;
    private final Progress progress;
    private PartialObject object;
    private long kept; // bytes of the buffer that are in the object's tail, too

    PartialUpload(S3Objects objects, ObjectStore store, PartBuffer buffer, PartialObject soFar, Progress progress) {
        this.objects = objects;
        this.store = store;
        this.buffer = buffer;
        this.object = soFar;
        this.progress = progress;
    }

    void append(InputStream source) throws IOException {
        if (object.isWhole()) {
            requireEnd(source);
            return;
        }
        if (object.tail().isPresent()) {
            load(object.tail().get());
        }
        boolean ended = false;
        while (!ended && !object.isWhole()) {
            try {
                ended = fill(source);
            } catch (ObjectTooLargeException wrong) {
                throw wrong; // then the size is in doubt, and with it that these are the last bytes
            } catch (IOException failure) {
                keepDespite(failure);
                throw failure;
            }
            keep();
        }
    }

    private void load(Tail tail) throws IOException {
        try (ObjectContent content = store.open(tail.object(), ByteRange.whole(tail.size()))) {
            buffer.grow(tail.size());
            buffer.fill(content, tail.size());
        }
        if (buffer.length() != tail.size() || crc32c() != tail.crc32c()) {
            throw new ObjectChangedException("%s does not hold what was put there"
                    .formatted(tail.object().key()));
        }
        kept = tail.size();
    }

    /**
     * Reads on until the next part is full, or it is time to store what has come.
     *
     * @return whether the source has ended
     */
    private boolean fill(InputStream source) throws IOException {
        long upTo = object.nextPartSize();
        while (buffer.length() < upTo && (buffer.length() == kept || !progress.isDue())) {
            if (buffer.length() == buffer.capacity()) {
                buffer.grow(Math.min(upTo, buffer.capacity() + GROWTH));
            }
            if (buffer.fillOnce(source, Math.min(upTo, buffer.capacity())) < 0) {
                return true;
            }
        }
        boolean last = object.received() - kept + buffer.length() == object.size();
        if (last) {
            requireEnd(source);
        }
        return last;
    }

    private void requireEnd(InputStream source) throws IOException {
        if (source.read() >= 0) {
            throw new ObjectTooLargeException(object.size());
        }
    }

    private void keepDespite(IOException failure) {
        try {
            keep();
        } catch (IOException | RuntimeException further) {
            failure.addSuppressed(further);
        }
    }

    private void keep() throws IOException {
        if (buffer.length() == object.nextPartSize()) {
            keepAsPart();
        } else if (buffer.length() > kept) {
            keepAsTail();
        }
    }

    private void keepAsPart() throws IOException {
        objects.putPart(
                object.key(), object.uploadId().orElseThrow(), object.partsStored() + 1, buffer); // compares checksums
        int crc32c = crc32c();
        object = object.withPart();
        buffer.clear();
        kept = 0;
        progress.partStored(object, crc32c);
    }

    /** Under a name of its own: another node may be going on with this object, and must not lose its tail. */
    private void keepAsTail() throws IOException {
        ObjectKey key = object.key().tail(UUID.randomUUID());
        ObjectVersion version = objects.put(key, buffer);
        kept = buffer.length();
        object = object.withTail(new Tail(version, kept, crc32c()));
        progress.tailStored(object);
    }

    private int crc32c() {
        return ByteBuffer.wrap(buffer.crc32c()).getInt();
    }
}
