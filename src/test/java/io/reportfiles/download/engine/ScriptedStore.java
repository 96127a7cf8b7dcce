package io.reportfiles.download.engine;

import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoreHealth;
import io.reportfiles.storage.StoreUnavailableException;
import io.reportfiles.storage.StoredObject;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A store of one object that breaks its streams where a test wants it, and counts what is open. */
final class ScriptedStore implements ObjectStore {

    final List<ByteRange> opened = new ArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger mostOpen = new AtomicInteger();
    /** Streams that were closed with something left in them, whose connections would be of no use any more. */
    final AtomicInteger brokenOff = new AtomicInteger();
    /** After how many bytes each stream breaks, in the order they are opened; none left: it does not. */
    final Queue<Integer> breaks = new ArrayDeque<>();

    /** How long each read takes. */
    volatile Duration delay = Duration.ZERO;

    /** Done once an answer was given, and before another one is. */
    volatile Runnable afterOpening = () -> {};

    private final byte[] object;

    ScriptedStore(byte[] object) {
        this.object = object;
    }

    @Override
    public synchronized ObjectContent open(ObjectVersion version, ByteRange part) throws ObjectStoreException {
        opened.add(part);
        int breakAfter = breaks.isEmpty() ? Integer.MAX_VALUE : breaks.remove();
        if (breakAfter < 0) {
            throw new StoreUnavailableException("does not answer");
        }
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        byte[] answer = Arrays.copyOfRange(object, (int) part.offset(), (int) part.end());
        afterOpening.run();
        return new Content(answer, breakAfter);
    }

    @Override
    public StoredObject store(ObjectKey key, InputStream source, long maxBytes) {
        throw new AssertionError("not what a download does");
    }

    @Override
    public void delete(ObjectVersion version) {
        throw new AssertionError("not what a download does");
    }

    @Override
    public void abandon(ObjectKey key) {
        throw new AssertionError("not what a download does");
    }

    @Override
    public StoreHealth check() {
        throw new AssertionError("not what a download does");
    }

    private final class Content extends ObjectContent {
        private final byte[] bytes;
        private final int breakAfter;
        private int position;
        private boolean closed;

        Content(byte[] bytes, int breakAfter) {
            this.bytes = bytes;
            this.breakAfter = breakAfter;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws ObjectStoreException {
            pause();
            if (position >= breakAfter) {
                throw new StoreUnavailableException("broke");
            }
            if (position == bytes.length) {
                return -1;
            }
            int count = Math.min(Math.min(length, 1000), Math.min(bytes.length, breakAfter) - position);
            System.arraycopy(bytes, position, buffer, offset, count);
            position += count;
            if (position == bytes.length) {
                close(); // as a connection goes back with its last byte
            }
            return count;
        }

        private void pause() {
            try {
                TimeUnit.NANOSECONDS.sleep(delay.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
                brokenOff.addAndGet(position < bytes.length ? 1 : 0);
            }
        }
    }
}
