package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.StoreUnavailableException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One part on its way. Unlike a {@code Future} it can be waited for after it was cancelled, until nobody touches its
 * buffer any more.
 */
final class PartUpload implements Runnable {

    private final PartBuffer buffer;
    private final Callable<CompletedPart> sending;
    private final CompletableFuture<CompletedPart> outcome = new CompletableFuture<>();
    private Thread sender; // guarded by this; null while nobody sends
    private boolean claimed; // guarded by this; by a thread that sends, or by a cancellation that came first
    private boolean interrupted; // guarded by this; by us, so that it must not outlive this task in a pooled thread

    PartUpload(PartBuffer buffer, Callable<CompletedPart> sending) {
        this.buffer = buffer;
        this.sending = sending;
    }

    /** Sends the part in a thread of {@code executor}, or in this one when that takes no more. */
    void start(Executor executor) {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException full) {
            run();
        }
    }

    @Override
    public void run() {
        synchronized (this) {
            if (claimed) {
                return;
            }
            claimed = true;
            sender = Thread.currentThread();
        }
        CompletedPart part = null;
        Throwable failure = null;
        try {
            part = sending.call();
        } catch (Throwable thrown) { // whatever it is, who waits has to know
            failure = thrown;
        }
        synchronized (this) {
            sender = null;
            if (interrupted) {
                Thread.interrupted();
            }
        }
        if (failure == null) {
            outcome.complete(part);
        } else {
            outcome.completeExceptionally(failure);
        }
    }

    /** Makes it end soon, without waiting for that. */
    synchronized void cancel() {
        if (sender != null) {
            interrupted = true;
            sender.interrupt(); // the SDK gives up the connection
        } else if (!claimed) {
            claimed = true;
            outcome.completeExceptionally(new CancellationException());
        }
    }

    boolean isDone() {
        return outcome.isDone();
    }

    /** The buffer, free to be used again: only after {@link #await} or {@link #awaitQuietly}. */
    PartBuffer buffer() {
        return buffer;
    }

    /** Waits until the part is stored. */
    CompletedPart await() throws ObjectStoreException {
        try {
            return outcome.get();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while a part was being stored", "", interrupt);
        } catch (ExecutionException ended) {
            Throwable failure = ended.getCause();
            if (failure instanceof ObjectStoreException known) {
                throw known;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            throw failure instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(failure);
        }
    }

    /** Waits until nobody touches the buffer any more, however that came. */
    void awaitQuietly() {
        outcome.handle((part, failure) -> true).join();
    }
}
