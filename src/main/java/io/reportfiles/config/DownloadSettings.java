package io.reportfiles.config;

import java.time.Duration;
import java.util.List;

/**
 * What downloads may use.
 *
 * @param bufferBudget bytes all downloads together may have in flight, wherever they are kept
 * @param bufferSize bytes of one copy buffer; files up to this size are answered at once
 * @param threads most threads that move downloads on
 * @param storeStreams most connections to the store that downloads keep at a time
 * @param busyWait how long a new download waits for memory or a connection to the store before it is turned away
 * @param streamGrace how long a connection to the store is kept for a reader who takes nothing
 * @param idleTimeout how long a reader may take nothing before the connection is closed
 * @param healingTime how long a download tries to go on after the store failed, without a byte of progress
 */
public record DownloadSettings(
        long bufferBudget,
        int bufferSize,
        int threads,
        int storeStreams,
        Duration busyWait,
        Duration streamGrace,
        Duration idleTimeout,
        Duration healingTime) {

    static final Setting<Long> BUFFER_BUDGET = Setting.bytes("reportfiles.download.buffer-budget", "1MiB", "64GiB")
            .or("128MiB")
            .meaning(
                    "Memory for everything that all downloads together have in flight: copy buffers, what is read ahead,"
                            + " and what the server keeps for readers who take it slowly, at least 12 KiB for each. A download"
                            + " beyond it is answered 503. The threads' buffers take a quarter of it at most.");
    static final Setting<Long> BUFFER_SIZE = Setting.bytes("reportfiles.download.buffer-size", "8KiB", "1MiB")
            .or("64KiB")
            .meaning("Size of a copy buffer. Files up to this size are answered at once.");
    static final Setting<Integer> THREADS = Setting.number("reportfiles.download.threads", 1, 1000)
            .or("32")
            .meaning("Most threads that move downloads on. Slow readers hold none.");
    static final Setting<Integer> STORE_STREAMS = Setting.number("reportfiles.download.store-streams", 1, 10_000)
            .or("96")
            .meaning("Most connections to S3 that downloads keep at a time; leave some of"
                    + " `reportfiles.s3.max-connections` to submissions. The longest idle is taken when they run out.");
    static final Setting<Duration> BUSY_WAIT = Setting.duration("reportfiles.download.busy-wait", "0s", "1m")
            .or("5s")
            .meaning("How long a new download waits for memory or a connection to S3 before it is answered 503.");
    static final Setting<Duration> STREAM_GRACE = Setting.duration("reportfiles.download.stream-grace", "0s", "10m")
            .or("2s")
            .meaning(
                    "How long a connection to S3 is kept for a reader who takes nothing. It is opened again at the next"
                            + " byte when the reader goes on.");
    static final Setting<Duration> IDLE_TIMEOUT = Setting.duration("reportfiles.download.idle-timeout", "1s", "1d")
            .or("5m")
            .meaning("How long a reader may take nothing before its connection is closed.");
    static final Setting<Duration> HEALING_TIME = Setting.duration("reportfiles.download.healing-time", "0s", "1h")
            .or("30s")
            .meaning(
                    "How long a download tries to go on after S3 failed in the middle; every byte that comes starts the"
                            + " time anew.");

    static final List<Setting<?>> ALL = List.of(
            BUFFER_BUDGET, BUFFER_SIZE, THREADS, STORE_STREAMS, BUSY_WAIT, STREAM_GRACE, IDLE_TIMEOUT, HEALING_TIME);

    static DownloadSettings read(SettingsReader reader) {
        long budget = reader.read(BUFFER_BUDGET);
        long bufferSize = reader.read(BUFFER_SIZE);
        if (bufferSize > budget / 4) {
            throw new SettingsException("%s is %s, expected at most a quarter of the %s of %s."
                    .formatted(
                            BUFFER_SIZE.name(),
                            ByteSize.format(bufferSize),
                            ByteSize.format(budget),
                            BUFFER_BUDGET.name()));
        }
        return new DownloadSettings(
                budget,
                Math.toIntExact(bufferSize),
                reader.read(THREADS),
                reader.read(STORE_STREAMS),
                reader.read(BUSY_WAIT),
                reader.read(STREAM_GRACE),
                reader.read(IDLE_TIMEOUT),
                reader.read(HEALING_TIME));
    }

    /** Threads that a quarter of the budget has buffers for, at least one. */
    public int affordableThreads() {
        return (int) Math.max(1, Math.min(threads, bufferBudget / 4 / bufferSize));
    }
}
