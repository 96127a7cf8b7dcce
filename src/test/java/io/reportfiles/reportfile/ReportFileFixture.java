package io.reportfiles.reportfile;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Role;
import io.reportfiles.audit.AuditFilter;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.Quarter;
import io.reportfiles.ledger.OneNode;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.web.PageRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** A database with two organisations in two regions, two sections and one submitter, and shortcuts to fill it. */
final class ReportFileFixture {

    static final Instant NOW = Instant.parse("2024-10-27T00:30:00.123456Z"); // inside Europe's repeated hour
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final Instant LEASE_END = NOW.plus(Duration.ofMinutes(2));
    static final Period PERIOD = new Period(2024, Quarter.Q3);
    static final Caller ANN = new Caller(
            UUID.fromString("11111111-1111-4111-8111-111111111111"),
            "ann",
            Set.of(Role.ANALYST),
            Optional.of("ALPHA"),
            Optional.empty());

    private final Map<ReportFileId, ObjectKey> keys = new ConcurrentHashMap<>();
    private final AuditLog audit;
    private final ReportFiles files;
    private final Submissions submissions;
    private final KeyedSubmissions keyed;
    private final OneNode node = new OneNode();
    private KeyedSubmissions.Claim claim;

    /** The node that everything is submitted to. */
    OneNode node() {
        return node;
    }

    ReportFileFixture(TestDatabase database) {
        audit = new AuditLog(database.entities(), CLOCK);
        files = new ReportFiles(database.entities(), database.transactions(), audit);
        submissions = new Submissions(database.entities(), database.transactions(), audit, node, CLOCK);
        keyed = new KeyedSubmissions(database.entities(), database.transactions(), submissions, node, CLOCK);
        database.execute("insert into region (code, name, row_version) values ('NORTH', 'The North', 1)");
        database.execute("""
                insert into organisation (code, name, type, region_code, row_version)
                values ('ALPHA', 'Alpha State', 'state', 'NORTH', 1), ('BETA', 'Beta_Tribe', 'tribe', null, 1)""");
        database.execute("""
                insert into section (code, title, max_bytes, row_version)
                values ('ACTIVE', 'Active Case Data', 1000000, 1), ('AGGREGATE', 'Aggregate Data', 1000000, 1)""");
        database.execute("""
                insert into account (id, name, display_name, state, created_at, row_version)
                values ('%s', 'ann', 'Ann', 'ACTIVE', current_timestamp, 1)""".formatted(ANN.accountId()));
    }

    ReportFiles files() {
        return files;
    }

    Submissions submissions() {
        return submissions;
    }

    KeyedSubmissions keyed() {
        return keyed;
    }

    /** As {@link #keyed}, of the same node, by another way to the database. */
    KeyedSubmissions keyedIn(TestDatabase behind) {
        Submissions there = new Submissions(
                behind.entities(), behind.transactions(), new AuditLog(behind.entities(), CLOCK), node, CLOCK);
        return new KeyedSubmissions(behind.entities(), behind.transactions(), there, node, CLOCK);
    }

    /** One more for the usual series. */
    NewSubmission submission() {
        ObjectKey key = new ObjectKey("files/" + UUID.randomUUID());
        return new NewSubmission("ALPHA", PERIOD, "ACTIVE", "report.csv", "text/csv", key, ANN, LEASE_END);
    }

    /** The attempt with an idempotency key that was made last is over. */
    void closeClaim() {
        claim.close();
    }

    ReportFileId reserve() {
        return reserve("ALPHA", PERIOD, "ACTIVE", "report.csv");
    }

    /** As the other, with a claim on an idempotency key. */
    Optional<ReportFileId> reserve(IdempotencyKey idempotencyKey, Instant until) {
        NewSubmission submission = submission();
        claim = keyed.claim(idempotencyKey, until);
        Optional<ReportFileId> id = claim.reserve(submission);
        id.ifPresent(reserved -> keys.put(reserved, submission.key()));
        return id;
    }

    ReportFileId reserve(String organisation, Period period, String section, String filename) {
        ObjectKey key = new ObjectKey("files/" + UUID.randomUUID());
        ReportFileId id = submissions.reserve(
                new NewSubmission(organisation, period, section, filename, "text/csv", key, ANN, LEASE_END));
        keys.put(id, key);
        return id;
    }

    ObjectKey keyOf(ReportFileId id) {
        return keys.getOrDefault(id, new ObjectKey("unknown"));
    }

    StoredFile stored(ReportFileId id, long size) {
        ObjectVersion object = new ObjectVersion("bucket", keyOf(id), Optional.of("v-" + id), "etag");
        return new StoredFile(object, size, "0123456789abcdef".repeat(4), "AAAAAA==", "00000000", Optional.empty());
    }

    ReportFileDetails submit() {
        return submit("ALPHA", PERIOD, "ACTIVE", "report.csv", 10);
    }

    ReportFileDetails submit(String organisation, Period period, String section, String filename, long size) {
        ReportFileId id = reserve(organisation, period, section, filename);
        return submissions.complete(id, stored(id, size)).orElseThrow();
    }

    Optional<ReportFileDetails> latest() {
        return files.findLatest("ALPHA", PERIOD, "ACTIVE");
    }

    /** All version numbers of the usual series, in ascending order. */
    List<Integer> versionNumbers() {
        ReportFileDetails any = latest().orElseThrow();
        return IntStream.rangeClosed(1, 3)
                .mapToObj(page -> files.versions(any, new PageRequest(page, PageRequest.MAX_SIZE)))
                .flatMap(page -> page.items().stream())
                .map(file -> file.version().orElseThrow())
                .sorted()
                .toList();
    }

    /** What the audit says was done, in alphabetical order, for the clock stands still. */
    List<String> auditActions() {
        AuditFilter all = new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return audit.list(all, new PageRequest(1, PageRequest.MAX_SIZE)).items().stream()
                .map(entry -> entry.action().name())
                .sorted()
                .toList();
    }
}
