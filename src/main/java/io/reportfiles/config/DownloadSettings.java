package io.reportfiles.config;

import java.util.List;

/**
 * What downloads may use.
 *
 * @param bufferBudget bytes all downloads together may keep in memory
 */
public record DownloadSettings(long bufferBudget) {

    static final Setting<Long> BUFFER_BUDGET = Setting.bytes("reportfiles.download.buffer-budget", "1MiB", "64GiB")
            .or("64MiB")
            .meaning("Memory for the copy buffers of all downloads together.");

    static final List<Setting<?>> ALL = List.of(BUFFER_BUDGET);

    static DownloadSettings read(SettingsReader reader) {
        return new DownloadSettings(reader.read(BUFFER_BUDGET));
    }
}
