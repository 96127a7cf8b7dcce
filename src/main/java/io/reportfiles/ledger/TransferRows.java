package io.reportfiles.ledger;

import io.reportfiles.access.Caller;
import io.reportfiles.persistence.ColumnText;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Writes rows of the ledger, many with one round trip: by the connection of the surrounding transaction, since JPA has
 * no way to send updates of rows that it does not have together. Rows are read as {@link Transfer}.
 */
final class TransferRows {

    private static final String INSERT = """
            insert into transfer (id, node_id, report_file_id, asked_for, account_id, account_name, remote_address,
                user_agent, method, file_bytes, range_first, range_length, ranges, status, started_at, ended_at, outcome,
                bytes_sent)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)""";

    /** How long a node may say that a transfer was not interrupted. */
    static final Duration CORRECTION = Duration.ofHours(1);

    /** The first end counts; but what others took for interrupted was not, if its node comes to say so in time. */
    private static final String END = """
            update transfer set outcome = ?, bytes_sent = ?, ended_at = ?
            where id = ? and (outcome = 'STARTED' or (outcome = 'INTERRUPTED' and ended_at > ?))""";

    private TransferRows() {}

    /** Inserts rows. */
    static void insert(EntityManager entities, List<TransferRow> rows) {
        run(entities, INSERT, rows, TransferRows::set);
    }

    /** Ends transfers. */
    static void end(EntityManager entities, List<TransferEnd> ends, Instant now) {
        run(entities, END, ends, (statement, end) -> {
            set(statement, end);
            statement.setObject(5, now.minus(CORRECTION).atOffset(ZoneOffset.UTC));
        });
    }

    private interface Setter<T> {
        void set(PreparedStatement statement, T item) throws SQLException;
    }

    private static <T> void run(EntityManager entities, String sql, List<T> items, Setter<T> setter) {
        // Not closed: it is the transaction's.
        Connection connection = entities.unwrap(Connection.class);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (T item : items) {
                setter.set(statement, item);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    private static void set(PreparedStatement statement, TransferRow row) throws SQLException {
        NewTransfer transfer = row.transfer();
        boolean over = row.outcome().isFinal();
        statement.setObject(1, row.id());
        statement.setObject(2, row.node());
        statement.setObject(3, transfer.file().orElse(null), Types.OTHER);
        statement.setString(
                4, transfer.askedFor().map(path -> ColumnText.cut(path, 255)).orElse(null));
        statement.setObject(5, transfer.caller().map(Caller::accountId).orElse(null), Types.OTHER);
        statement.setString(6, transfer.caller().map(Caller::name).orElse(null));
        statement.setString(7, ColumnText.cut(transfer.remoteAddress(), 64));
        statement.setString(8, ColumnText.cut(transfer.userAgent(), 255));
        statement.setString(9, ColumnText.cut(transfer.method(), 16));
        statement.setObject(10, transfer.fileBytes().orElse(null), Types.BIGINT);
        statement.setObject(11, transfer.span().map(TransferRange::first).orElse(null), Types.BIGINT);
        statement.setObject(12, transfer.span().map(TransferRange::length).orElse(null), Types.BIGINT);
        statement.setString(13, transfer.ranges().size() > 1 ? TransferRange.text(transfer.ranges()) : null);
        statement.setObject(14, over ? row.status() : null, Types.INTEGER);
        statement.setObject(15, row.startedAt().atOffset(ZoneOffset.UTC));
        statement.setObject(16, over ? row.startedAt().atOffset(ZoneOffset.UTC) : null, Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setString(17, row.outcome().name());
    }

    private static void set(PreparedStatement statement, TransferEnd end) throws SQLException {
        statement.setString(1, end.outcome().name());
        statement.setLong(2, end.bytes());
        statement.setObject(3, end.endedAt().atOffset(ZoneOffset.UTC));
        statement.setObject(4, end.transfer());
    }
}
