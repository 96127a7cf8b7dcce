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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * One call that brings more bytes of an object in pieces. Fills one buffer, which grows with what comes, while a few parts
 * before it are sent; these are told in their order, each when S3 has it and all before it. Buffers beyond the one it
 * takes only while nobody waits for memory. Used once, by one thread.
 */
final class PartialUpload {

    private static final long GROWTH = 1 << 20;

    private final S3Objects objects;
    private final ObjectStore store;
    private final PartBuffers buffers;
    private final PartsInFlight inFlight;
    private final Progress progress;

    private PartialObject object; // with the parts that were told, which those in flight follow
    private Optional<PartBuffer> held = Optional.empty(); // being filled with the part after those in flight
    private long kept; // bytes of the held buffer that are in the object's tail, too

    PartialUpload(
            S3Objects objects,
            ObjectStore store,
            PartBuffers buffers,
            int mostInFlight,
            Executor executor,
            PartialObject soFar,
            Progress progress) {
        this.objects = objects;
        this.store = store;
        this.buffers = buffers;
        this.inFlight = new PartsInFlight(mostInFlight, executor, (part, content) -> tell(content));
        this.object = soFar;
        this.progress = progress;
    }

    void append(InputStream source) throws IOException {
        if (object.isWhole()) {
            requireEnd(source);
            return;
        }
        try {
            receive(source);
        } finally {
            inFlight.stop();
            held.ifPresent(PartBuffer::release);
        }
    }

    private void receive(InputStream source) throws IOException {
        boolean ended = false;
        while (!ended && sizeOfNext() > 0) {
            if (held.isEmpty()) {
                holdNext();
            }
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
        inFlight.awaitAll();
    }

    private int numberOfNext() {
        return object.partsStored() + inFlight.count() + 1;
    }

    private long sizeOfNext() {
        return object.sizeOfPart(numberOfNext());
    }

    /**
     * Reads on until the next part is full, or it is time to store what has come.
     *
     * @return whether the source has ended
     */
    private boolean fill(InputStream source) throws IOException {
        long upTo = sizeOfNext();
        PartBuffer buffer = held.orElseThrow();
        while (buffer.length() < upTo && (buffer.length() == kept || !progress.isDue())) {
            if (buffer.length() == buffer.capacity()) {
                buffer = withRoom(buffer, Math.min(upTo, buffer.capacity() + GROWTH));
            }
            if (buffer.fillOnce(source, Math.min(upTo, buffer.capacity())) < 0) {
                return true;
            }
            inFlight.noteStored();
        }
        boolean last = buffer.length() == upTo && object.sizeOfPart(numberOfNext() + 1) == 0;
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
        if (inFlight.areStuck()) {
            return;
        }
        try {
            keep();
            inFlight.awaitAll();
        } catch (IOException | RuntimeException further) {
            failure.addSuppressed(further);
        }
    }

    private void keep() throws IOException {
        if (held.isEmpty()) {
            return;
        }
        PartBuffer buffer = held.get();
        if (buffer.length() == sizeOfNext()) {
            send(buffer);
        } else if (buffer.length() > kept) {
            inFlight.awaitAll();
            keepAsTail(buffer);
        }
    }

    private void send(PartBuffer content) {
        String id = object.uploadId().orElseThrow();
        int number = numberOfNext();
        PartUpload part =
                new PartUpload(content, () -> objects.putPart(object.key(), id, number, content)); // compares checksums
        held = Optional.empty();
        kept = 0;
        inFlight.send(part);
    }

    /** Under a name of its own: another node may be going on with this object, and must not lose its tail. */
    private void keepAsTail(PartBuffer buffer) throws IOException {
        ObjectKey key = object.key().tail(UUID.randomUUID());
        ObjectVersion version = objects.put(key, buffer);
        kept = buffer.length();
        object = object.withTail(new Tail(version, kept, crc32c(buffer)));
        progress.tailStored(object);
    }

    private PartBuffer hold(PartBuffer buffer) {
        held = Optional.of(buffer);
        return buffer;
    }

    private void holdNext() throws IOException {
        if (inFlight.count() == 0) {
            if (object.tail().isPresent()) {
                load(
                        object.tail().get(),
                        hold(buffers.buffer(object.tail().get().size())));
            } else {
                hold(buffers.first());
            }
            return;
        }
        if (!inFlight.areMost()) {
            held = buffers.tryBuffer(GROWTH);
        }
        if (held.isEmpty()) {
            hold(inFlight.awaitOldest());
            inFlight.makeRoom(buffers); // one buffer is enough to go on
        }
    }

    private void load(Tail tail, PartBuffer buffer) throws IOException {
        try (ObjectContent content = store.open(tail.object(), ByteRange.whole(tail.size()))) {
            buffer.fill(content, tail.size());
        }
        if (buffer.length() != tail.size() || crc32c(buffer) != tail.crc32c()) {
            throw new ObjectChangedException("%s does not hold what was put there"
                    .formatted(tail.object().key()));
        }
        kept = tail.size();
    }

    /**
     * The held buffer with room for {@code bytes}. Senders may be slow, so it takes no more than that at a time; but where
     * it has to be waited for, nothing is held that others wait for as well: they would wait for each other. What has come
     * is put into the tail then, and read again when there is memory for all of the part.
     */
    private PartBuffer withRoom(PartBuffer buffer, long bytes) throws IOException {
        while (!buffer.tryGrow(bytes)) {
            if (inFlight.count() > 0) {
                buffer.takeOver(inFlight.awaitOldest());
            } else if (buffer.isReserved()) {
                buffer.grow(sizeOfNext());
            } else {
                return aside(buffer);
            }
        }
        return buffer;
    }

    private PartBuffer aside(PartBuffer buffer) throws IOException {
        if (buffer.length() > kept) {
            keepAsTail(buffer);
        }
        held = Optional.empty();
        buffer.release();
        PartBuffer whole = hold(buffers.buffer(sizeOfNext()));
        load(object.tail().orElseThrow(), whole);
        return whole;
    }

    private void tell(PartBuffer content) throws IOException {
        PartialObject longer = object.withPart();
        progress.partStored(longer, crc32c(content));
        object = longer;
    }

    private static int crc32c(PartBuffer buffer) {
        return ByteBuffer.wrap(buffer.crc32c()).getInt();
    }
}
