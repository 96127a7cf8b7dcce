package io.reportfiles.ledger;

import io.reportfiles.chain.ChainLink;
import io.reportfiles.chain.ChainVerifier;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Reads and writes the links of the ledger's chain, many with one round trip, by the connection of the surrounding
 * transaction. Without JPA, since all rows of a busy ledger pass here.
 */
final class TransferSeals {

    /** What the hash is over, in this order: every column there is. */
    static final String FIELDS = """
            t.id, t.node_id, t.report_file_id, t.asked_for, t.account_id, t.account_name, t.remote_address, t.user_agent,
            t.method, t.file_bytes, t.range_first, t.range_length, t.ranges, t.status, t.started_at, t.ended_at, t.outcome,
            t.bytes_sent""";

    private static final int FIELD_COUNT = FIELDS.split(",").length;

    /** Which of them are times. */
    private static final Set<Integer> TIMES = Set.of(14, 15);

    private static final String NOT_SEALED =
            " not exists (select s.number from transfer_seal s where s.transfer_id = t.id)";

    /** What says interrupted may still be corrected, see {@link TransferRows#end}. */
    private static final String SETTLED =
            " and t.outcome <> 'STARTED' and (t.outcome <> 'INTERRUPTED' or t.ended_at < ?) and" + NOT_SEALED;

    private static final String BY_IDS =
            "select " + FIELDS + " from transfer t where t.id = any (?)" + SETTLED + " order by t.ended_at, t.id";

    private static final String FORGOTTEN = "select t.id from transfer t where t.started_at >= ? and t.started_at < ?"
            + SETTLED + " order by t.started_at, t.id fetch first ? rows only";

    /** No index helps, since it would have to change with each end. */
    private static final String INTERRUPTED = "select t.id from transfer t where t.outcome = 'INTERRUPTED'"
            + " and t.ended_at >= ? and t.ended_at < ? and" + NOT_SEALED
            + " order by t.ended_at, t.id fetch first ? rows only";

    private static final String COUNT_UNSEALED =
            "select count(*) from transfer t where t.ended_at < ? and" + NOT_SEALED;

    /** Not by descending order: H2 would read and sort the whole chain for it. */
    private static final String LAST = "select number, transfer_id, hash, sealed_at from transfer_seal"
            + " where number = (select max(number) from transfer_seal)";

    private static final String AFTER = "select s.number, s.transfer_id, s.hash, s.sealed_at, " + FIELDS
            + " from transfer_seal s left join transfer t on t.id = s.transfer_id where s.number > ?"
            + " order by s.number fetch first ? rows only";

    private static final String INSERT =
            "insert into transfer_seal (number, transfer_id, hash, sealed_at) values (?, ?, ?, ?)";

    private final Connection connection; // not closed here: it is the transaction's

    /** For use in the surrounding transaction only. */
    TransferSeals(EntityManager entities) {
        connection = entities.unwrap(Connection.class);
    }

    /** A transfer that does not change any more. */
    record Sealable(UUID id, List<Optional<String>> fields) {}

    /** Those of these transfers that can be sealed, in the order of their ends. */
    List<Sealable> sealable(Collection<UUID> ids, Instant interruptedBefore) {
        return query(
                BY_IDS,
                statement -> {
                    // Not by statement.getConnection(): of a statement that Payara had in its cache that is a closed
                    // one.
                    statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
                    statement.setObject(2, interruptedBefore.atOffset(ZoneOffset.UTC));
                },
                rows -> new Sealable(rows.getObject(1, UUID.class), fields(rows, 1)));
    }

    /** Transfers that can be sealed and are not, of those that began within a time. */
    List<UUID> forgotten(Instant since, Instant until, Instant interruptedBefore, int most) {
        return query(
                FORGOTTEN,
                statement -> {
                    statement.setObject(1, since.atOffset(ZoneOffset.UTC));
                    statement.setObject(2, until.atOffset(ZoneOffset.UTC));
                    statement.setObject(3, interruptedBefore.atOffset(ZoneOffset.UTC));
                    statement.setInt(4, most);
                },
                rows -> rows.getObject(1, UUID.class));
    }

    /** Transfers that were interrupted within a time and are not sealed, whenever they began. Reads the whole ledger. */
    List<UUID> interrupted(Instant since, Instant until, int most) {
        return query(
                INTERRUPTED,
                statement -> {
                    statement.setObject(1, since.atOffset(ZoneOffset.UTC));
                    statement.setObject(2, until.atOffset(ZoneOffset.UTC));
                    statement.setInt(3, most);
                },
                rows -> rows.getObject(1, UUID.class));
    }

    /** How many transfers are in no link although they ended before a time. */
    long countUnsealed(Instant endedBefore) {
        return query(
                        COUNT_UNSEALED,
                        statement -> statement.setObject(1, endedBefore.atOffset(ZoneOffset.UTC)),
                        rows -> rows.getLong(1))
                .get(0);
    }

    /** The end of the chain. */
    Optional<ChainLink> last() {
        return query(LAST, statement -> {}, TransferSeals::link).stream().findFirst();
    }

    /** The links after a number, in their order. */
    List<ChainVerifier.Sealed> after(long number, int most) {
        return query(
                AFTER,
                statement -> {
                    statement.setLong(1, number);
                    statement.setInt(2, most);
                },
                rows -> new ChainVerifier.Sealed(
                        link(rows), rows.getObject(5) == null ? Optional.empty() : Optional.of(fields(rows, 5))));
    }

    /** Adds links. */
    void insert(List<ChainLink> links) {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (ChainLink link : links) {
                statement.setLong(1, link.number());
                statement.setObject(2, link.row());
                statement.setString(3, link.hash());
                statement.setObject(4, link.sealedAt().atOffset(ZoneOffset.UTC));
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    private static ChainLink link(ResultSet rows) throws SQLException {
        return new ChainLink(
                rows.getLong(1),
                rows.getObject(2, UUID.class),
                instant(rows.getObject(4, OffsetDateTime.class)),
                rows.getString(3));
    }

    private static List<Optional<String>> fields(ResultSet rows, int first) throws SQLException {
        List<Optional<String>> fields = new ArrayList<>(FIELD_COUNT);
        for (int field = 0; field < FIELD_COUNT; field++) {
            fields.add(
                    TIMES.contains(field) // else each database writes them in its own way
                            ? Optional.ofNullable(rows.getObject(first + field, OffsetDateTime.class))
                                    .map(time -> instant(time).toString())
                            : Optional.ofNullable(rows.getString(first + field)));
        }
        return fields;
    }

    private static Instant instant(OffsetDateTime time) {
        return time.toInstant();
    }

    private interface Setter {
        void set(PreparedStatement statement) throws SQLException;
    }

    private interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private <T> List<T> query(String sql, Setter setter, Reader<T> reader) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setter.set(statement);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
                return all;
            }
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }
}
