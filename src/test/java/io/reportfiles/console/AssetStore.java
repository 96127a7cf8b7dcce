package io.reportfiles.console;

import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.PublishedObjects;
import io.reportfiles.storage.StoreHealth;
import io.reportfiles.storage.StoreUnavailableException;
import io.reportfiles.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Small objects in memory, in a store that fails or says nothing where a test wants it. */
final class AssetStore implements ObjectStore, PublishedObjects {

    final Map<ObjectKey, byte[]> objects = new ConcurrentHashMap<>();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger published = new AtomicInteger();
    volatile boolean fail;
    private volatile CountDownLatch silence = new CountDownLatch(0);

    void hang() {
        silence = new CountDownLatch(1);
    }

    void goOn() {
        silence.countDown();
    }

    @Override
    public boolean keep(ObjectVersion version, Instant until) {
        return false; // assets are not
    }

    @Override
    public StoredObject publish(ObjectKey key, byte[] content, String contentType) throws ObjectStoreException {
        published.incrementAndGet();
        byte[] there = objects.computeIfAbsent(key, absent -> content);
        if (!Arrays.equals(there, content)) {
            throw new ObjectChangedException(key + ": something else is there");
        }
        return new StoredObject(new ObjectVersion("bucket", key, Optional.empty(), tag(content)), content.length);
    }

    @Override
    public ObjectContent open(ObjectVersion version, ByteRange part) throws ObjectStoreException {
        opened.incrementAndGet();
        try {
            silence.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (fail) {
            throw new StoreUnavailableException("does not answer");
        }
        byte[] object = objects.get(version.key());
        if (object == null) {
            throw new ObjectMissingException("nothing is there");
        }
        if (!tag(object).equals(version.eTag())) {
            throw new ObjectChangedException("something else is there");
        }
        open.incrementAndGet();
        return new Content(object, part, open::decrementAndGet);
    }

    private static String tag(byte[] content) {
        return Integer.toHexString(Arrays.hashCode(content));
    }

    @Override
    public StoredObject store(ObjectKey key, InputStream source, long maxBytes) {
        throw new AssertionError("not what the console does");
    }

    @Override
    public void delete(ObjectVersion version) {
        throw new AssertionError("not what the console does");
    }

    @Override
    public void abandon(ObjectKey key) {
        throw new AssertionError("not what the console does");
    }

    @Override
    public StoreHealth check() {
        throw new AssertionError("not what the console does");
    }

    private static final class Content extends ObjectContent {
        private final ByteArrayInputStream bytes;
        private final Runnable closed;

        Content(byte[] object, ByteRange part, Runnable closed) {
            this.bytes = new ByteArrayInputStream(object, (int) part.offset(), (int) part.length());
            this.closed = closed;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public void close() {
            closed.run();
        }
    }
}
