package io.reportfiles.config;

import java.util.List;

/**
 * How far a download runs ahead of its reader.
 *
 * @param streams most connections to the store that one download reads from at a time; 1 means that nothing is read ahead
 * @param chunkSize bytes that one of them is asked for
 */
public record ReadAheadSettings(int streams, int chunkSize) {

    static final Setting<Integer> STREAMS = Setting.number("reportfiles.download.read-ahead", 1, 64)
            .or("1")
            .meaning(
                    "Most connections to S3 that one download reads from at a time, for an origin that limits each; 1 turns"
                            + " reading ahead off. Further ones are taken only while nobody else needs them, out of"
                            + " `reportfiles.download.store-streams`, with memory out of `reportfiles.download.buffer-budget`.");
    static final Setting<Long> CHUNK_SIZE = Setting.bytes("reportfiles.download.read-ahead-chunk", "64KiB", "64MiB")
            .or("4MiB")
            .meaning(
                    "How much of a file each of these connections fetches at a time. A download that reads ahead keeps up to"
                            + " so much in memory for each of its connections.");

    static final List<Setting<?>> ALL = List.of(STREAMS, CHUNK_SIZE);

    static ReadAheadSettings read(SettingsReader reader) {
        return new ReadAheadSettings(reader.read(STREAMS), Math.toIntExact(reader.read(CHUNK_SIZE)));
    }
}
