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
import java.util.ArrayDeque;
import java.util.Deque;
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
    private final int mostInFlight;
    private final Executor executor;
    private final Progress progress;

    private final Deque<PartUpload> inFlight = new ArrayDeque<>();
    private PartialObject object; // with the parts that were told, which those in flight follow
    private Optional<PartBuffer> held = Optional.empty(); // being filled with the part after those in flight
    private long kept; // bytes of the held buffer that are in the object's tail, too
    private boolean stuck; // a part was not stored, or could not be told: none can follow it

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
        this.mostInFlight = mostInFlight;
        this.executor = executor;
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
            stopSending();
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
        awaitAll();
    }

    private int numberOfNext() {
        return object.partsStored() + inFlight.size() + 1;
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
            tellWhatIsStored();
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
        if (stuck) {
            return;
        }
        try {
            keep();
            awaitAll();
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
            awaitAll();
            keepAsTail(buffer);
        }
    }

    private void send(PartBuffer content) {
        String id = object.uploadId().orElseThrow();
        int number = numberOfNext();
        PartUpload part =
                new PartUpload(content, () -> objects.putPart(object.key(), id, number, content)); // compares checksums
        inFlight.add(part); // first, so that whatever happens its end is waited for
        held = Optional.empty();
        kept = 0;
        part.start(executor);
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
        if (inFlight.isEmpty()) {
            if (object.tail().isPresent()) {
                load(
                        object.tail().get(),
                        hold(buffers.buffer(object.tail().get().size())));
            } else {
                hold(buffers.first());
            }
            return;
        }
        if (inFlight.size() < mostInFlight) {
            held = buffers.tryBuffer(GROWTH);
        }
        if (held.isEmpty()) {
            hold(awaitOldest());
            while (!inFlight.isEmpty() && buffers.areWanted()) { // make room: one buffer is enough to go on
                awaitOldest().release();
            }
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
            if (!inFlight.isEmpty()) {
                buffer.takeOver(awaitOldest());
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

    private void tellWhatIsStored() throws IOException {
        while (!inFlight.isEmpty() && inFlight.element().isDone()) {
            awaitOldest().release();
        }
    }

    private void awaitAll() throws IOException {
        while (!inFlight.isEmpty()) {
            awaitOldest().release();
        }
    }

    /** Waits for the oldest part and tells of it; its buffer is free then. */
    private PartBuffer awaitOldest() throws IOException {
        stuck = true; // when it fails it stays in the queue, for stopSending
        PartUpload oldest = inFlight.element();
        oldest.await();
        PartialObject longer = object.withPart();
        progress.partStored(longer, crc32c(oldest.buffer()));
        inFlight.remove();
        object = longer;
        stuck = false;
        oldest.buffer().clear();
        return oldest.buffer();
    }

    private void stopSending() {
        inFlight.forEach(PartUpload::cancel);
        while (!inFlight.isEmpty()) {
            PartUpload part = inFlight.remove();
            part.awaitQuietly();
            part.buffer().release();
        }
    }

    private static int crc32c(PartBuffer buffer) {
        return ByteBuffer.wrap(buffer.crc32c()).getInt();
    }
}
