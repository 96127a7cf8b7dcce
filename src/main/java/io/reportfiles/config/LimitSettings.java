package io.reportfiles.config;

import java.util.List;

/**
 * What one account may ask for, whatever it signs in with; 0 stands for no limit.
 *
 * @param requestsPerMinute most requests that a node answers in any minute
 * @param downloads most downloads that a node has under way at a time
 * @param bytesPerDay most bytes that downloads which begin on one day (UTC) take together, on all nodes
 */
public record LimitSettings(int requestsPerMinute, int downloads, long bytesPerDay) {

    static final Setting<Integer> REQUESTS_PER_MINUTE = Setting.number(
                    "reportfiles.limit.requests-per-minute", 0, 1_000_000)
            .or("0")
            .meaning("Requests of one account that a node answers in any minute; further ones are answered 429."
                    + " `0`: any number. A page of the console takes a few.");
    static final Setting<Integer> DOWNLOADS = Setting.number("reportfiles.limit.downloads", 0, 100_000)
            .or("0")
            .meaning("Downloads of one account that a node has under way at a time; further ones are answered 429."
                    + " `0`: any number.");
    static final Setting<Long> BYTES_PER_DAY = Setting.bytes("reportfiles.limit.bytes-per-day", "0B", "1024TiB")
            .or("0B")
            .meaning("Bytes that the downloads of one account take on one day (UTC), on all nodes together; a download"
                    + " that would take more is answered 429. `0B`: any number.");

    static final List<Setting<?>> ALL = List.of(REQUESTS_PER_MINUTE, DOWNLOADS, BYTES_PER_DAY);

    static LimitSettings read(SettingsReader reader) {
        return new LimitSettings(reader.read(REQUESTS_PER_MINUTE), reader.read(DOWNLOADS), reader.read(BYTES_PER_DAY));
    }
}
