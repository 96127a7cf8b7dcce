package io.reportfiles.download.engine;

import io.reportfiles.download.engine.SerialExecutor.Next;
import io.reportfiles.ledger.TransferOutcome;
import io.reportfiles.storage.ObjectStoreException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One download on its way. It is moved on in short slices on the engine's threads: while the connection takes more, read
 * a buffer from the store and write it. When the reader can't take more the slice ends, and all that is kept is the
 * position and its {@link BufferShare} of memory; the connection to the store is kept for a grace period only. It is over when
 * the server has passed on the last byte.
 *
 * <p>Signals come from any thread: the container's (the connection takes more, or broke), the engine's clock, other
 * downloads that need a slot. One slice at a time looks at what they mean ({@link SerialExecutor}); so everything that is not
 * declared volatile belongs to the slice that runs.
 */
public final class Download implements WriteListener {

    private static final Logger LOG = System.getLogger(Download.class.getName());

    private final DownloadEngine engine;
    private final BodyReader reader;
    private final ServletOutputStream output;
    private final ReaderConnection connection;
    private final BufferShare share;
    private final StreamLease lease;
    private final Ending ending;
    private final RetryBackoff healing;
    private final DownloadSubject name;

    private final SerialExecutor turns;
    private final ReaderRate pace = new ReaderRate();
    private volatile boolean unready = true; // until the container says otherwise
    private volatile Optional<Throwable> connectionFailure = Optional.empty();
    private volatile Optional<TransferOutcome> interruption = Optional.empty();
    private volatile long idleSinceNanos = System.nanoTime();

    private long retryAtNanos = System.nanoTime();
    private boolean wasIdle;
    private boolean flushed;
    private boolean over;
    private byte[] unwritten = {};
    private long sentBytes;

    /**
     * A download whose head was written.
     *
     * @param reader at the end, or already holding the stream of the first bytes, and with it a slot
     * @param share given back when the download is over
     */
    Download(
            DownloadEngine engine,
            BodyReader reader,
            ServletOutputStream output,
            ReaderConnection connection,
            BufferShare share,
            Ending ending,
            DownloadSubject name) {
        this.engine = engine;
        this.reader = reader;
        this.output = output;
        this.connection = connection;
        this.share = share;
        this.ending = ending;
        this.healing = new RetryBackoff(engine.settings().healingTime(), ThreadLocalRandom.current());
        this.name = name;
        this.turns = new SerialExecutor(engine::execute, this::slice);
        this.lease = new StreamLease(engine.slots(), !reader.isAtEnd(), turns::signal);
        connection.limitPending(queueBytes());
    }

    /** For a body that has been read to its end, of which nothing or all was written: to be called before it begins. */
    void startWith(byte[] body, boolean written) {
        unwritten = written ? unwritten : body;
        sentBytes = written ? body.length : 0;
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

    /** Breaks the download off, since the application stops or its reader may not have the file any more. */
    public void interrupt(TransferOutcome outcome) {
        interruption = Optional.of(outcome);
        turns.signal();
    }

    DownloadSubject name() {
        return name;
    }

    /** Called by the engine's clock: has a slice look when there is something to do about an idle reader. */
    void tick(long nowNanos) {
        Duration patience = lease.isHeld() || reader.readsAhead()
                ? engine.settings().streamGrace()
                : engine.settings().idleTimeout();
        if (unready && nowNanos - idleSinceNanos > patience.toNanos()) {
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
        long yieldAt = sentBytes + ReaderPolicy.SLICE_BYTES;
        if (lease.noteSignals()) {
            loseStream();
        }
        while (!over) {
            if (connectionFailure.isPresent()) {
                clientGone(connectionFailure.get());
            } else if (interruption.isPresent()) {
                finish(interruption);
            } else if (!isReady()) {
                return whileIdle();
            } else if (unwritten.length > 0) {
                write(unwritten, unwritten.length);
                unwritten = new byte[0];
            } else if (reader.isAtEnd() && !flushed) {
                flush();
            } else if (reader.isAtEnd()) {
                finish(Optional.empty());
            } else if (System.nanoTime() - retryAtNanos < 0) {
                return Next.WAIT;
            } else if (reader.needsStream() && !lease.take()) {
                return Next.WAIT;
            } else if (sentBytes >= yieldAt) {
                share.grow();
                return Next.YIELD;
            } else if (!moveOn(buffer)) {
                return Next.WAIT;
            }
        }
        return Next.WAIT;
    }

    /** Reads a buffer and writes it. {@code false} when the store failed and another try has to wait. */
    private boolean moveOn(byte[] buffer) {
        int count;
        try {
            if (reader.needsStream()) {
                reader.open(pace.nextStretch());
            }
            count = reader.read(buffer, 0, Math.min(buffer.length, share.writeBytes()));
        } catch (ObjectStoreException e) {
            return heal(e);
        } catch (IOException e) {
            LOG.log(Level.ERROR, () -> "%s: integrity: %s".formatted(name, e.getMessage()));
            finish(Optional.of(TransferOutcome.INTEGRITY_FAILED));
            return false;
        }
        healing.progress();
        lease.releaseUnless(reader.holdsStream());
        connection.limitPending(queueBytes());
        write(buffer, count);
        return true;
    }

    private void write(byte[] bytes, int count) {
        try {
            output.write(bytes, 0, count);
            sentBytes += count;
        } catch (IOException | IllegalStateException e) { // the latter is how Grizzly says that the reader has left
            clientGone(e);
        }
    }

    /** Nothing may stay in the server's buffer, where nobody would hear that the reader has gone. */
    private void flush() {
        flushed = true;
        try {
            output.flush();
        } catch (IOException | IllegalStateException e) {
            clientGone(e);
        }
    }

    private boolean heal(ObjectStoreException failure) {
        lease.releaseUnless(reader.holdsStream());
        Optional<Duration> pause = failure.mayPass() ? healing.pauseAfterFailure(System.nanoTime()) : Optional.empty();
        if (pause.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    () -> "%s: given up after %d bytes: %s".formatted(name, sentBytes, failure.getMessage()));
            finish(Optional.of(TransferOutcome.STORAGE_FAILED));
            return false;
        }
        LOG.log(Level.DEBUG, () -> "%s: next try at byte %d: %s".formatted(name, sentBytes, failure.getMessage()));
        pause(pause.get());
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
        long now = System.nanoTime();
        if (wasIdle) {
            wasIdle = false;
            noteIdle(Duration.ofNanos(now - idleSinceNanos));
        }
        idleSinceNanos = now;
        unready = true;
        if (output.isReady() && connection.hasRoom(queueBytes(), this::onWritePossible)) {
            unready = false;
            share.noteQueued(connection.pendingBytes());
            lease.resume();
            return true;
        }
        wasIdle = true;
        pace.noteBurst(sentBytes);
        return false;
    }

    private void noteIdle(Duration idle) {
        share.adapt(idle);
        connection.limitPending(queueBytes());
        pace.rest(idle, sentBytes).filter(rest -> reader.needsStream()).ifPresent(this::pause);
    }

    private void pause(Duration pause) {
        retryAtNanos = System.nanoTime() + pause.toNanos();
        engine.later(turns::signal, pause);
    }

    /** How much may be queued before more is written; nothing may be before the download is over. */
    private int queueBytes() {
        return reader.isAtEnd() ? 1 : share.queueBytes();
    }

    private Next whileIdle() {
        Duration idle = Duration.ofNanos(System.nanoTime() - idleSinceNanos);
        if (idle.compareTo(engine.settings().idleTimeout()) > 0) {
            clientGone(new IOException("took no byte for " + idle));
        } else if (idle.compareTo(engine.settings().streamGrace()) > 0
                ? lease.isHeld() || reader.readsAhead()
                : lease.isHeld() && !lease.keepWhileIdle(pace.isSlow(sentBytes))) {
            loseStream();
        }
        return Next.WAIT;
    }

    private void loseStream() {
        reader.letGo(engine.buffer());
        lease.releaseUnless(reader.holdsStream());
    }

    private void clientGone(Throwable reason) {
        LOG.log(Level.DEBUG, () -> "%s: reader gone after %d bytes: %s".formatted(name, sentBytes, reason));
        finish(Optional.of(TransferOutcome.CLIENT_GONE));
    }

    private void finish(Optional<TransferOutcome> failure) {
        over = true;
        engine.forget(this);
        try (share) { // last of all: the queue holds its bytes until then
            try (lease) {
                reader.release();
            } finally {
                long taken = Math.max(0, sentBytes - connection.pendingBytes());
                failure.ifPresentOrElse(outcome -> ending.broken(outcome, taken), () -> ending.complete(taken));
            }
        }
    }
}
