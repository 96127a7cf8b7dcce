package io.reportfiles.download;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Whose download it is.
 *
 * @param transfer what log lines call it
 * @param reader who reads, as it stood when the download began
 * @param owners whose files they are
 */
record DownloadName(UUID transfer, Optional<Caller> reader, Set<? extends Scope> owners) {
    DownloadName {
        owners = Set.copyOf(owners);
    }

    @Override
    public String toString() {
        return "transfer " + transfer;
    }
}
