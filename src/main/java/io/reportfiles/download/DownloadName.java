package io.reportfiles.download;

import java.util.Optional;
import java.util.UUID;

/**
 * Whose download it is.
 *
 * @param transfer what log lines call it
 * @param account who reads
 */
record DownloadName(UUID transfer, Optional<String> account) {
    @Override
    public String toString() {
        return "transfer " + transfer;
    }
}
