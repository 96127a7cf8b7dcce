package io.reportfiles.audit;

import io.reportfiles.access.Caller;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A transfer that begins, or that was refused.
 *
 * @param file id of an existing report file; empty when what was asked for does not exist
 * @param caller who asked, empty for anonymous
 * @param remoteAddress where from
 * @param userAgent what the client calls itself, empty when it does not say; cut after 255 characters
 * @param method the HTTP method
 * @param range the part asked for, empty for the whole file
 */
public record NewTransfer(
        Optional<UUID> file,
        Optional<Caller> caller,
        String remoteAddress,
        String userAgent,
        String method,
        Optional<TransferRange> range) {

    public NewTransfer {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(range, "range");
    }
}
