package io.reportfiles.download;

import io.reportfiles.audit.TransferOutcome;
import io.reportfiles.download.Turns.Next;
import io.reportfiles.storage.ObjectStoreException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * One download on its way. It is moved on in short slices on the engine's threads: while the connection takes more, read
 * a buffer from the store and write it. When the reader can't take more the slice ends, and all that is kept is the
 * position; the connection to the store is kept for a grace period only.
 *
 * <p>Signals come from any thread: the container's (the connection takes more, or broke), the engine's clock, other
 * downloads that need a slot. One slice at a time looks at what they mean ({@link Turns}); so everything that is not
 * declared volatile belongs to the slice that runs.
 */
final class Download implements WriteListener, StreamSlots.Holder {

    private static final Logger LOG = System.getLogger(Download.class.getName());

    /** After this many bytes the thread is offered to the other downloads. */
    private static final long SLICE_BYTES = 4L << 20;

    private final DownloadEngine engine;
    private final BodyReader reader;
    private final ServletOutputStream output;
    private final Ending ending;
    private final Healing healing;
    private final String name;

    private final Turns turns;
    private volatile boolean unready = true; // until the container says otherwise
    private volatile boolean slotGranted;
    private volatile boolean slotAskedBack;
    private volatile Optional<Throwable> connectionFailure = Optional.empty();
    private volatile boolean interrupted;
    private volatile long idleSinceNanos = System.nanoTime();

    private Slot slot;
    private long retryAtNanos;
    private boolean pausing;
    private boolean notedIdle;
    private boolean over;
    private long sentBytes;

    /** Where this download stands with its slot for a store connection. */
    private enum Slot {
        NONE,
        WAITING,
        HELD
    }

    /** What is done when a download is over. */
    interface Ending {

        /** All bytes were handed to the connection. */
        void complete(long sentBytes);

        /** They were not: the connection has to be broken, so that the reader sees it. */
        void broken(TransferOutcome outcome, long sentBytes);
    }

    /**
     * A download whose head was sent.
     *
     * @param reader already holding the stream of the first bytes, and with it a slot
     * @param name what log lines call it
     */
    Download(
            DownloadEngine engine,
            BodyReader reader,
            ServletOutputStream output,
            Ending ending,
            Healing healing,
            String name) {
        this.engine = engine;
        this.reader = reader;
        this.output = output;
        this.ending = ending;
        this.healing = healing;
        this.name = name;
        this.slot = Slot.HELD;
        this.turns = new Turns(engine::execute, this::slice);
    }

    @Override
    public void onWritePossible() {
        unready = false;
        turns.signal();
    }

    @Override
    public void onError(Throwable failure) {
        connectionFailure = Optional.of(failure);
        turns.signal();
    }

    @Override
    public void granted() {
        slotGranted = true;
        turns.signal();
    }

    @Override
    public void askedBack() {
        slotAskedBack = true;
        turns.signal();
    }

    /** Breaks the download off, since the application stops. */
    void interrupt() {
        interrupted = true;
        turns.signal();
    }

    /** Called by the engine's clock: has a slice look when the reader has been idle for longer than {@code grace}. */
    void tick(long nowNanos, Duration grace) {
        if (unready && nowNanos - idleSinceNanos > grace.toNanos()) {
            turns.signal();
        }
    }

    private Next slice() {
        try {
            return moveOnWhileReady();
        } catch (RuntimeException | Error defect) { // whatever it is, nothing may stay held
            LOG.log(Level.ERROR, name + ": broken off by a defect", defect);
            if (!over) {
                finish(Optional.of(TransferOutcome.INTERRUPTED));
            }
            return Next.WAIT;
        }
    }

    private Next moveOnWhileReady() {
        byte[] buffer = engine.buffer();
        long yieldAt = sentBytes + SLICE_BYTES;
        noteSlotSignals();
        while (!over) {
            if (connectionFailure.isPresent()) {
                clientGone(connectionFailure.get());
            } else if (interrupted) {
                finish(Optional.of(TransferOutcome.INTERRUPTED));
            } else if (reader.isAtEnd()) {
                finish(Optional.empty());
            } else if (!isReady()) {
                return whileIdle();
            } else if (pausing && System.nanoTime() < retryAtNanos) {
                return Next.WAIT;
            } else if (reader.needsStream() && !hasSlot()) {
                return Next.WAIT;
            } else if (sentBytes >= yieldAt) {
                return Next.YIELD;
            } else if (!moveOn(buffer)) {
                return Next.WAIT;
            }
        }
        return Next.WAIT;
    }

    /** Reads a buffer and writes it. {@code false} when the store failed and another try has to wait. */
    private boolean moveOn(byte[] buffer) {
        pausing = false;
        int count;
        try {
            if (reader.needsStream()) {
                reader.open();
            }
            count = reader.read(buffer);
        } catch (ObjectStoreException e) {
            return heal(e);
        } catch (IOException e) {
            LOG.log(Level.ERROR, () -> "%s: integrity: %s".formatted(name, e.getMessage()));
            finish(Optional.of(TransferOutcome.INTEGRITY_FAILED));
            return false;
        }
        healing.progress();
        releaseUnusedSlot();
        try {
            output.write(buffer, 0, count);
            sentBytes += count;
        } catch (IOException | IllegalStateException e) { // the latter is how Grizzly says that the reader has left
            clientGone(e);
        }
        return true;
    }

    private boolean heal(ObjectStoreException failure) {
        releaseUnusedSlot();
        Optional<Duration> pause =
                failure.mayPass() ? healing.pauseAfterFailure(System.nanoTime()) : Optional.<Duration>empty();
        if (pause.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    () -> "%s: given up after %d bytes: %s".formatted(name, sentBytes, failure.getMessage()));
            finish(Optional.of(TransferOutcome.STORAGE_FAILED));
            return false;
        }
        LOG.log(Level.DEBUG, () -> "%s: next try at byte %d: %s".formatted(name, sentBytes, failure.getMessage()));
        retryAtNanos = System.nanoTime() + pause.get().toNanos();
        pausing = true;
        engine.later(turns::signal, pause.get());
        return false;
    }

    /**
     * Asks the container whether it takes more. Once it said no it must not be asked again before it calls back, and it
     * may do so before its answer arrives here.
     */
    private boolean isReady() {
        if (unready) {
            return false;
        }
        idleSinceNanos = System.nanoTime();
        unready = true;
        if (output.isReady()) {
            unready = false;
            if (notedIdle) {
                notedIdle = false;
                engine.slots().resume(this);
            }
            return true;
        }
        return false;
    }

    private Next whileIdle() {
        Duration idle = Duration.ofNanos(System.nanoTime() - idleSinceNanos);
        if (idle.compareTo(engine.settings().idleTimeout()) > 0) {
            clientGone(new IOException("took no byte for " + idle));
        } else if (slot == Slot.HELD) {
            notedIdle = idle.compareTo(engine.settings().streamGrace()) <= 0
                    && engine.slots().keepWhileIdle(this);
            if (!notedIdle) {
                reader.release();
                releaseUnusedSlot();
            }
        }
        return Next.WAIT;
    }

    private void noteSlotSignals() {
        if (slotGranted) {
            slotGranted = false;
            slot = Slot.HELD;
        }
        if (slotAskedBack) {
            slotAskedBack = false;
            reader.release();
            releaseUnusedSlot();
        }
    }

    private boolean hasSlot() {
        if (slot == Slot.NONE) {
            slot = engine.slots().take(this) ? Slot.HELD : Slot.WAITING;
        }
        return slot == Slot.HELD;
    }

    private void releaseUnusedSlot() {
        if (slot == Slot.HELD && !reader.holdsStream()) {
            slot = Slot.NONE;
            engine.slots().release(this);
        }
    }

    private void clientGone(Throwable reason) {
        LOG.log(Level.DEBUG, () -> "%s: reader gone after %d bytes: %s".formatted(name, sentBytes, reason));
        finish(Optional.of(TransferOutcome.CLIENT_GONE));
    }

    private void finish(Optional<TransferOutcome> failure) {
        over = true;
        reader.release();
        if (slot == Slot.WAITING && !engine.slots().cancel(this)) {
            slot = Slot.HELD; // granted in this very moment
        }
        releaseUnusedSlot();
        engine.forget(this);
        failure.ifPresentOrElse(outcome -> ending.broken(outcome, sentBytes), () -> ending.complete(sentBytes));
    }
}
