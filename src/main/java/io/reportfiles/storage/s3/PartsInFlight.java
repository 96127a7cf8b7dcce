package io.reportfiles.storage.s3;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Parts of one upload that are being sent, of which the oldest is waited for. A part and its buffer belong to it from
 * {@link #send} until they are waited for or stopped, whatever happens meanwhile. For one thread.
 */
final class PartsInFlight {

    /** What is done with the oldest part once S3 has it. */
    interface Arrival {
        /** Notes it; when that fails no later part can be noted either. */
        void note(CompletedPart part, PartBuffer content) throws IOException;
    }

    private final int most;
    private final Executor executor;
    private final Arrival arrival;
    private final Deque<PartUpload> parts;
    private boolean stuck;

    PartsInFlight(int most, Executor executor, Arrival arrival) {
        this.most = most;
        this.executor = executor;
        this.arrival = arrival;
        this.parts = new ArrayDeque<>(most);
    }

    int count() {
        return parts.size();
    }

    /** Whether another part has to wait until the oldest has arrived. */
    boolean areMost() {
        return parts.size() >= most;
    }

    /** Whether a part was not stored, or could not be noted: none can follow it. */
    boolean areStuck() {
        return stuck;
    }

    void send(PartUpload part) {
        parts.add(part); // first, so that whatever happens its end is waited for
        part.start(executor);
    }

    /** Waits until the oldest is stored and noted; its buffer, which is empty and the caller's. */
    PartBuffer awaitOldest() throws IOException {
        stuck = true; // when it fails it stays in the queue, for stop
        PartUpload oldest = parts.element();
        arrival.note(oldest.await(), oldest.buffer());
        parts.remove();
        stuck = false;
        oldest.buffer().clear();
        return oldest.buffer();
    }

    /** As {@link #awaitOldest} for all, whose buffers are given back. */
    void awaitAll() throws IOException {
        while (!parts.isEmpty()) {
            awaitOldest().release();
        }
    }

    /** Notes those of the oldest that are stored by now. */
    void noteStored() throws IOException {
        while (!parts.isEmpty() && parts.element().isDone()) {
            awaitOldest().release();
        }
    }

    /** Gives buffers back while others wait for them. */
    void makeRoom(PartBuffers buffers) throws IOException {
        while (!parts.isEmpty() && buffers.areWanted()) {
            awaitOldest().release();
        }
    }

    /** Ends what is left of them; nobody touches a buffer any more when this returns. */
    void stop() {
        parts.forEach(PartUpload::cancel);
        while (!parts.isEmpty()) {
            PartUpload part = parts.remove();
            part.awaitQuietly();
            part.buffer().release();
        }
    }
}
