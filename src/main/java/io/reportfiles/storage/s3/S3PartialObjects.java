package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectTooLargeException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.PartialObject;
import io.reportfiles.storage.PartialObjects;
import io.reportfiles.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Objects in pieces as multipart uploads of S3. Parts lie at fixed places in the object, so that one that is sent twice,
 * by a node that was thought dead, replaces itself. S3 wants 5 MiB a part and shows none before the object is complete:
 * what is less is put into an object beside it, which is read again when more comes.
 */
final class S3PartialObjects implements PartialObjects {

    private static final long STEP = 1 << 20; // sizes of parts are multiples of it

    private final S3Objects objects;
    private final ObjectStore store;
    private final PartBuffers buffers;
    private final PartSizes sizes;
    private final int mostInFlight;
    private final Executor executor;

    S3PartialObjects(
            S3Objects objects,
            ObjectStore store,
            PartBuffers buffers,
            PartSizes sizes,
            int mostInFlight,
            Executor executor) {
        this.objects = objects;
        this.store = store;
        this.buffers = buffers;
        this.sizes = sizes;
        this.mostInFlight = mostInFlight;
        this.executor = executor;
    }

    @Override
    public long largest() {
        return Math.min(PartSizes.MAX_OBJECT, sizes.largest() / STEP * STEP * PartSizes.MAX_PARTS);
    }

    @Override
    public PartialObject begin(ObjectKey key, long size) throws IOException {
        if (size > largest()) {
            throw new ObjectTooLargeException(largest());
        }
        Optional<String> uploadId = size == 0 ? Optional.empty() : Optional.of(objects.createMultipart(key));
        return new PartialObject(key, size, uploadId, partSize(size), 0, Optional.empty());
    }

    /** All parts have one size, which is known beforehand: the smallest with which S3's number of parts suffices. */
    private long partSize(long size) {
        long fewest = (size + PartSizes.MAX_PARTS - 1) / PartSizes.MAX_PARTS;
        return Math.max(sizes.of(1), (fewest + STEP - 1) / STEP * STEP);
    }

    @Override
    public void append(PartialObject soFar, InputStream source, Progress progress) throws IOException {
        new PartialUpload(objects, store, buffers, mostInFlight, executor, soFar, progress).append(source);
    }

    @Override
    public StoredObject finish(PartialObject whole, List<Integer> crc32cOfParts) throws ObjectStoreException {
        if (!whole.isWhole() || crc32cOfParts.size() != whole.partsStored()) {
            throw new IllegalArgumentException("%s has %d bytes, %d parts and %d checksums"
                    .formatted(whole.key(), whole.received(), whole.partsStored(), crc32cOfParts.size()));
        }
        ObjectVersion version = whole.uploadId().isPresent()
                ? complete(whole, whole.uploadId().get(), crc32cOfParts)
                : putNothing(whole.key());
        objects.deleteTails(whole.key());
        return new StoredObject(version, whole.size());
    }

    private ObjectVersion complete(PartialObject whole, String uploadId, List<Integer> crc32cOfParts)
            throws ObjectStoreException {
        List<StoredPart> parts = objects.listParts(whole.key(), uploadId).stream()
                .limit(whole.partsStored()) // more may have been stored that nobody was told of
                .map(part -> part.with(crc32cOfParts.get(part.number() - 1)))
                .toList();
        if (parts.isEmpty()) { // it was completed before, and the answer was lost, or the node that got it
            return objects.lookup().current(whole.key(), whole.size());
        }
        long bytes = parts.stream().mapToLong(StoredPart::size).sum();
        if (parts.size() != whole.partsStored() || bytes != whole.size()) {
            throw new ObjectMissingException("Completing %s: S3 has %d parts of %d bytes, expected %d of %d"
                    .formatted(whole.key(), parts.size(), bytes, whole.partsStored(), whole.size()));
        }
        return objects.complete(whole.key(), uploadId, parts);
    }

    private ObjectVersion putNothing(ObjectKey key) throws ObjectStoreException {
        PartBuffer empty = buffers.first();
        try {
            return objects.put(key, empty);
        } finally {
            empty.release();
        }
    }
}
