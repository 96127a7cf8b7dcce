package io.reportfiles.download.engine;

import java.time.Duration;

/**
 * What the engine was tuned to, in one place. Each value has its unit, its reason, and where it was measured: the numbers
 * are of {@code mvn -Pbench} and its measurements of slow readers and of reading ahead, see {@code performance.md}. What
 * operators choose is in {@link io.reportfiles.config.DownloadSettings}.
 */
final class ReaderPolicy {

    /**
     * Bytes after which a slice goes to the end of the queue, so that fast readers do not starve others: with
     * eight streams on two processors each gets its share (0011).
     */
    static final long SLICE_BYTES = 4L << 20;

    /** The time between two looks at readers who take nothing. */
    static final Duration TICK = Duration.ofMillis(500);

    /**
     * Bytes of the buffer budget that every download has. Servers collect writes of up to 8 KiB before they send any, so it
     * has to be more; and a slow reader costs just this.
     */
    static final int LEAST_BYTES = 12 << 10;

    /** A reader who is ready again so soon was held up by us, and gets twice as many bytes at a time. */
    static final Duration SOON = Duration.ofMillis(50);

    /** Writes that may be queued behind the first for a fast reader, so that the server is never without one. */
    static final int LONGEST_QUEUE = 4;

    /** Threads that wait for memory at a time; more are needed by those who can be served. */
    static final int MOST_WAITING = 16;

    /**
     * A pause after which a reader was late. A slow reader's system takes a burst within milliseconds and then nothing for
     * about a second.
     */
    static final Duration LATE = Duration.ofMillis(500);

    /** How often a reader is late, without taking much in between, before it counts as slow. */
    static final int SLOW_AFTER = 3;

    /**
     * Bytes between two long pauses beyond which a reader is not slow: about as much as systems keep for one connection.
     * With less, three stalls made a fast reader slow for the rest of a large file.
     */
    static final long MOST_OF_A_SLOW_READER = 4 << 20;

    /** The longest that a slow reader is left alone once it could take more. */
    static final Duration LONGEST_REST = Duration.ofSeconds(4);

    /** Bytes asked of the store for a slow reader beyond what it took the last time; else the next burst is cut in two. */
    static final long BURST_MARGIN_BYTES = 16 << 10;

    /**
     * Bytes read for nothing to keep a connection to the store, for a new one costs more. With 64 KiB connections were lost
     * beside 5,000 slow readers, with this none are in the steady state.
     */
    static final int READ_TO_KEEP_BYTES = 256 << 10;

    /** Time in which a file of one buffer has to be read at last: a thread and a connection wait, and nothing is promised. */
    static final Duration SMALL_FILE_RETRIES = Duration.ofSeconds(2);

    /** The pause before a failed read of the store is tried again the first time; it doubles with each failure. */
    static final Duration FIRST_RETRY = Duration.ofMillis(100);

    /** The longest pause before a failed read is tried again. */
    static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    /** Chunks that a download reads by itself in one go, before it tries again to have them read ahead. */
    static final int CHUNKS_BY_ITSELF = 8;

    /** A reader who takes a chunk in less time is worth reading ahead for. */
    static final Duration QUICK_CHUNK = Duration.ofSeconds(2);

    /**
     * Bytes of a piece of a chunk: small enough for a garbage collector to treat it as any other object, large enough to be
     * worth a wake-up.
     */
    static final int PIECE_BYTES = 64 * 1024;

    private ReaderPolicy() {}
}
