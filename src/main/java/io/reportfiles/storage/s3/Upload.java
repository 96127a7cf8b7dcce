package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One object on its way to S3: a single request when it fits into one part, else parts, of which a few are sent while
 * the next is read. From its second part on it holds one buffer until its end, so that it can always go on; further
 * ones it takes only while nobody waits for memory. Used once, by one thread.
 */
final class Upload {

    private final S3Objects objects;
    private final ObjectKey key;
    private final LimitedSource source;
    private final PartBuffers buffers;
    private final PartSizes sizes;
    private final PartsInFlight inFlight;

    private final List<CompletedPart> stored = new ArrayList<>();
    private final PartChecksums checksums = new PartChecksums();
    private Optional<PartBuffer> held = Optional.empty(); // being filled, or sent by this thread
    private Optional<String> uploadId = Optional.empty();
    private boolean mayBeVisible;
    private long size;

    Upload(
            S3Objects objects,
            ObjectKey key,
            LimitedSource source,
            PartBuffers buffers,
            PartSizes sizes,
            int mostInFlight,
            Executor executor) {
        this.objects = objects;
        this.key = key;
        this.source = source;
        this.buffers = buffers;
        this.sizes = sizes;
        this.inFlight = new PartsInFlight(mostInFlight, executor, (part, content) -> stored.add(part));
    }

    StoredObject run() throws IOException {
        try {
            PartBuffer first = hold(buffers.first());
            first.fill(source, Math.min(PartBuffers.PAGE, sizes.of(1)));
            if (!source.hasEnded()) {
                first.grow(sizes.of(1));
                first.fill(source, sizes.of(1));
            }
            return source.hasEnded() ? storeAtOnce(first) : storeInParts(first);
        } catch (IOException | RuntimeException | Error failure) {
            inFlight.stop();
            cleanUp(failure);
            throw failure;
        } finally {
            held.ifPresent(PartBuffer::release);
        }
    }

    private PartBuffer hold(PartBuffer buffer) {
        held = Optional.of(buffer);
        return buffer;
    }

    private StoredObject storeAtOnce(PartBuffer content) throws ObjectStoreException {
        size = content.length();
        mayBeVisible = true;
        ObjectVersion version = objects.put(key, content);
        mayBeVisible = false;
        return new StoredObject(version, size);
    }

    private StoredObject storeInParts(PartBuffer first) throws IOException {
        uploadId = Optional.of(objects.createMultipart(key));
        send(1, first);
        for (int number = 2; !source.hasEnded(); number++) {
            long wanted = sizes.wanted(number, size, source.maxBytes());
            PartBuffer next = hold(nextBuffer(wanted, sizes.least(number, size, source.maxBytes())));
            next.fill(source, Math.min(wanted, next.capacity()));
            send(number, next);
        }
        inFlight.awaitAll();
        mayBeVisible = true;
        ObjectVersion version = objects.complete(key, uploadId.get(), stored, checksums, size);
        mayBeVisible = false;
        return new StoredObject(version, size);
    }

    private void send(int number, PartBuffer content) {
        String id = uploadId.orElseThrow();
        size += content.length();
        checksums.add(content);
        PartUpload part = new PartUpload(content, () -> objects.putPart(key, id, number, content));
        held = Optional.empty();
        inFlight.send(part);
    }

    /**
     * The buffer of the next part. Where there is no memory for all that is wanted, it is no larger than the one before;
     * memory is taken from parts in flight, and waited for, only if the object could not reach its limit otherwise.
     *
     * @return one of at least {@code least} bytes
     */
    private PartBuffer nextBuffer(long wanted, long least) throws IOException {
        if (!inFlight.areMost()) {
            Optional<PartBuffer> further = buffers.tryBuffer(wanted);
            if (further.isPresent()) {
                return further.get();
            }
        }
        PartBuffer own = hold(inFlight.awaitOldest());
        inFlight.makeRoom(buffers); // one buffer is enough to go on
        if (own.tryGrow(wanted)) {
            return own;
        }
        while (!own.tryGrow(least) && inFlight.count() > 0) {
            own.takeOver(inFlight.awaitOldest());
        }
        own.grow(least);
        return own;
    }

    /** What was sent must not stay. What can not be removed now is left for {@link S3ObjectStore#abandon}. */
    private void cleanUp(Throwable failure) {
        boolean interrupted = Thread.interrupted(); // the SDK would give up at once
        try {
            if (uploadId.isPresent()) {
                objects.abortMultipart(key, uploadId.get());
            }
            if (mayBeVisible && !isRefusal(failure)) {
                objects.deleteAllVersions(key); // the answer may have been lost behind a success
            }
        } catch (ObjectStoreException unreachable) {
            failure.addSuppressed(unreachable);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ObjectStoreException known && !known.mayPass();
    }
}
