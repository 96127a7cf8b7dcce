package io.reportfiles.download.engine;

/**
 * Where one download stands with the {@link StreamSlots}. Its signals come from any thread; all else belongs to the slice
 * that runs.
 */
final class StreamLease implements StreamSlots.Holder, AutoCloseable {

    private final StreamSlots slots;
    private final Runnable signal;
    private volatile State state;
    private volatile boolean granted;
    private volatile boolean askedBack;
    private boolean notedIdle;

    private enum State {
        NONE,
        WAITING,
        HELD
    }

    /**
     * The lease of a download that begins.
     *
     * @param held whether a slot was taken for it
     * @param signal called when there is something to see
     */
    StreamLease(StreamSlots slots, boolean held, Runnable signal) {
        this.slots = slots;
        this.state = held ? State.HELD : State.NONE;
        this.signal = signal;
    }

    @Override
    public void granted() {
        granted = true;
        signal.run();
    }

    @Override
    public void askedBack() {
        askedBack = true;
        signal.run();
    }

    /** Takes note of what was signalled. {@code true} means that the slot was asked back: release it. */
    boolean noteSignals() {
        if (granted) {
            granted = false;
            state = State.HELD;
        }
        boolean wanted = askedBack;
        askedBack = false;
        return wanted && isHeld();
    }

    boolean isHeld() {
        return state == State.HELD;
    }

    /** Takes a slot if none is held. {@code false} means that a signal follows when one was granted. */
    boolean take() {
        if (state == State.NONE) {
            state = slots.take(this) ? State.HELD : State.WAITING;
        }
        return isHeld();
    }

    /** Notes that the reader is idle, again if he is slow. {@code false} means that others need the slot: release it. */
    boolean keepWhileIdle(boolean slow) {
        notedIdle = slots.keepWhileIdle(this, slow);
        return notedIdle;
    }

    /** Notes that the reader goes on. */
    void resume() {
        if (notedIdle) {
            notedIdle = false;
            slots.resume(this);
        }
    }

    /** Gives the slot back, if one is held and not in use. */
    void releaseUnless(boolean inUse) {
        if (isHeld() && !inUse) {
            state = State.NONE;
            notedIdle = false;
            slots.release(this);
        }
    }

    /** Gives the slot back, or waits for none any more. */
    @Override
    public void close() {
        if (state == State.WAITING && !slots.cancel(this)) {
            state = State.HELD; // granted in this very moment
        }
        releaseUnless(false);
        state = State.NONE;
    }
}
