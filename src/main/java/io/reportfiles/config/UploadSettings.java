package io.reportfiles.config;

import java.time.Duration;
import java.util.List;

/**
 * What uploads may use.
 *
 * @param bufferBudget bytes all uploads together may keep in memory, of which
 *     seven eighths have to hold a part of {@code partSize}
 * @param partSize bytes of the first parts of a multipart upload; later parts of very large files are larger
 * @param partsInFlight most parts of one upload on their way to the store while the next is being read
 * @param bufferWait how long an upload waits for its first buffers before it is turned away
 */
public record UploadSettings(long bufferBudget, long partSize, int partsInFlight, Duration bufferWait) {

    static final Setting<Long> BUFFER_BUDGET = Setting.bytes("reportfiles.submission.buffer-budget", "6MiB", "1TiB")
            .or("64MiB")
            .meaning(
                    "Memory for the parts of all uploads together. A large upload keeps at least one part until its"
                            + " end, an eighth is reserved for small ones; when all is used up, further ones are answered 503. It"
                            + " also bounds the size of a single file: 64 MiB are enough for 250 GB, 3 GiB for the 5 TiB S3 allows.");
    static final Setting<Long> PART_SIZE = Setting.bytes("reportfiles.submission.part-size", "5MiB", "1GiB")
            .or("8MiB")
            .meaning(
                    "Size of the first parts of a multipart upload; smaller files are sent in one request. Parts grow with"
                            + " the file, so that S3's 10,000 parts suffice.");
    static final Setting<Integer> PARTS_IN_FLIGHT = Setting.number("reportfiles.submission.parts-in-flight", 1, 32)
            .or("2")
            .meaning("Parts of one upload that may be on their way to S3 while the next is read, memory permitting.");
    static final Setting<Duration> BUFFER_WAIT = Setting.duration("reportfiles.submission.buffer-wait", "0s", "5m")
            .or("5s")
            .meaning("How long an upload waits for memory before it is answered 503.");

    static final List<Setting<?>> ALL = List.of(BUFFER_BUDGET, PART_SIZE, PARTS_IN_FLIGHT, BUFFER_WAIT);

    static UploadSettings read(SettingsReader reader) {
        long budget = reader.read(BUFFER_BUDGET);
        long partSize = reader.read(PART_SIZE);
        if (partSize > budget / 8 * 7) {
            throw new SettingsException("%s is %s, expected at most seven eighths of %s, the value of %s."
                    .formatted(
                            PART_SIZE.name(),
                            ByteSize.format(partSize),
                            ByteSize.format(budget),
                            BUFFER_BUDGET.name()));
        }
        return new UploadSettings(budget, partSize, reader.read(PARTS_IN_FLIGHT), reader.read(BUFFER_WAIT));
    }
}
