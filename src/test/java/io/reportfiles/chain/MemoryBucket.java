package io.reportfiles.chain;

import io.reportfiles.config.LedgerSettings;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.storage.ListedObject;
import io.reportfiles.storage.ListedUpload;
import io.reportfiles.storage.ObjectFacts;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.PublishedObjects;
import io.reportfiles.storage.StoreUnavailableException;
import io.reportfiles.storage.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** As much of a bucket as anchors need: keys that come and never go, and a time during which it is away. */
public final class MemoryBucket implements PublishedObjects, ObjectInventory {

    public static final Duration INTERVAL = Duration.ofHours(1);

    private final Map<String, Instant> kept = new HashMap<>();
    private final NavigableSet<String> keys = new TreeSet<>();
    private final MovableClock clock = new MovableClock(Instant.EPOCH);
    private boolean away;

    /** The anchors of a node that begins. */
    public ChainAnchors anchors() {
        return new ChainAnchors(
                this,
                this,
                new ObjectKeys("reports"),
                new LedgerSettings(Optional.empty(), Duration.ofSeconds(20), INTERVAL),
                clock);
    }

    public MovableClock clock() {
        return clock;
    }

    public void away(boolean now) {
        away = now;
    }

    public List<String> names() {
        return keys.stream().map(key -> key.substring(key.lastIndexOf('/') + 1)).toList();
    }

    /** Until when objects are kept, by name. */
    public Map<String, Instant> kept() {
        return kept;
    }

    @Override
    public boolean keep(ObjectVersion version, Instant until) throws ObjectStoreException {
        requireThere();
        String key = version.key().value();
        kept.put(key.substring(key.lastIndexOf('/') + 1), until);
        return true;
    }

    @Override
    public StoredObject publish(ObjectKey key, byte[] content, String contentType) throws ObjectStoreException {
        requireThere();
        keys.add(key.value());
        return new StoredObject(new ObjectVersion("b", key, Optional.empty(), "e"), content.length);
    }

    @Override
    public void keys(String prefix, Pages<String> pages) throws ObjectStoreException {
        requireThere();
        pages.take(new ArrayList<>(
                keys.stream().filter(key -> key.startsWith(prefix)).toList()));
    }

    private void requireThere() throws ObjectStoreException {
        if (away) {
            throw new StoreUnavailableException("The bucket is away", "", new IllegalStateException());
        }
    }

    @Override
    public String bucket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void objects(String prefix, Pages<ListedObject> pages) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void uploads(String prefix, Pages<ListedUpload> pages) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ObjectFacts look(ObjectVersion version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(ListedObject object) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void abort(ListedUpload upload) {
        throw new UnsupportedOperationException();
    }
}
