package io.reportfiles.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Transfers as lines of comma-separated values. What is not known is empty. */
final class TransferCsv {

    static final List<String> COLUMNS = List.of(
            "id",
            "reportFile",
            "askedFor",
            "account",
            "remoteAddress",
            "userAgent",
            "method",
            "first",
            "length",
            "ranges",
            "fileBytes",
            "bytes",
            "outcome",
            "status",
            "startedAt",
            "endedAt");

    private TransferCsv() {}

    static List<String> line(TransferDetails transfer) {
        return List.of(
                transfer.id().toString(),
                transfer.reportFile().map(UUID::toString).orElse(""),
                transfer.askedFor().orElse(""),
                transfer.account().orElse(""),
                transfer.remoteAddress(),
                transfer.userAgent(),
                transfer.method(),
                text(transfer.range().map(TransferRange::first)),
                text(transfer.range().map(TransferRange::length)),
                transfer.ranges().orElse(""),
                text(transfer.fileBytes()),
                Long.toString(transfer.bytes()),
                transfer.outcome().name(),
                text(transfer.status()),
                transfer.startedAt().toString(),
                text(transfer.endedAt()));
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }
}
