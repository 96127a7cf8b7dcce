package io.reportfiles.download.engine;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import java.util.Optional;
import java.util.Set;

/**
 * Whose download it is.
 *
 * @param label what log lines call it
 * @param reader who reads, as it stood when the download began; empty where anybody may
 * @param owners whose files they are
 */
public record DownloadSubject(String label, Optional<Caller> reader, Set<? extends Scope> owners) {
    public DownloadSubject {
        owners = Set.copyOf(owners);
    }

    @Override
    public String toString() {
        return label;
    }
}
