package io.reportfiles.submission;

import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectTooLargeException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoreHealth;
import io.reportfiles.storage.StoreRefusedException;
import io.reportfiles.storage.StoreUnavailableException;
import io.reportfiles.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a store keeps, without a store: for looking at what is left behind. Its deletions can be told to fail. */
final class MemoryStore implements ObjectStore {

    final Map<ObjectKey, byte[]> objects = new HashMap<>();
    final List<ObjectKey> abandoned = new ArrayList<>();
    final Set<ObjectKey> held = new HashSet<>(); // can't be deleted, ever
    int asked;
    boolean away;
    boolean swallowsBytes;

    @Override
    public StoredObject store(ObjectKey key, InputStream source, long maxBytes) throws IOException {
        requireAnswer();
        byte[] bytes = source.readNBytes((int) maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new ObjectTooLargeException(maxBytes);
        }
        objects.put(key, bytes);
        int confirmed = swallowsBytes ? bytes.length - 1 : bytes.length;
        return new StoredObject(new ObjectVersion("bucket", key, Optional.of("v1"), "etag"), confirmed);
    }

    @Override
    public void abandon(ObjectKey key) throws ObjectStoreException {
        requireAnswer();
        if (held.contains(key)) {
            throw new StoreRefusedException("legal hold on " + key);
        }
        abandoned.add(key);
        objects.remove(key);
    }

    @Override
    public ObjectContent open(ObjectVersion version, ByteRange part) {
        throw new UnsupportedOperationException("nothing is read while a file is submitted");
    }

    @Override
    public void delete(ObjectVersion version) {
        throw new UnsupportedOperationException("a key is removed with all there is");
    }

    @Override
    public StoreHealth check() {
        return new StoreHealth(StoreHealth.State.READY, "in memory");
    }

    private void requireAnswer() throws StoreUnavailableException {
        asked++;
        if (away) {
            throw new StoreUnavailableException("told to be away");
        }
    }
}
