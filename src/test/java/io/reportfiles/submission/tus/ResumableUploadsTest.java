package io.reportfiles.submission.tus;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Role;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.Quarter;
import io.reportfiles.config.TusSettings;
import io.reportfiles.ledger.OneNode;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.reportfile.NewSubmission;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.Submissions;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.PartialObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResumableUploadsTest {

    private static final Caller ANN = new Caller(
            UUID.fromString("11111111-1111-4111-8111-111111111111"),
            "ann",
            Set.of(Role.ANALYST),
            Optional.of("ALPHA"),
            Optional.empty());
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration ALMOST_A_LEASE = LEASE.minusMillis(1);
    private static final TusSettings SETTINGS = new TusSettings(Duration.ofDays(1), LEASE, Duration.ofSeconds(10), 3);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-10-01T12:00:00Z"));
    private TestDatabase database;
    private Submissions submissions;
    private ResumableUploads uploads;

    @BeforeEach
    void start() {
        database = TestDatabase.h2();
        database.execute(
                "insert into organisation (code, name, type, row_version) values ('ALPHA', 'Alpha', 'state', 1)");
        database.execute(
                "insert into section (code, title, max_bytes, row_version) values ('ACTIVE', 'Active', 1000000, 1)");
        database.execute("""
                insert into account (id, name, display_name, state, created_at, row_version)
                values ('%s', 'ann', 'Ann', 'ACTIVE', current_timestamp, 1)""".formatted(ANN.accountId()));
        AuditLog audit = new AuditLog(database.entities(), clock);
        submissions = new Submissions(database.entities(), database.transactions(), audit, new OneNode(), clock);
        uploads = new ResumableUploads(database.entities(), database.transactions(), submissions, SETTINGS, clock);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void oneAtATimeGoesOn() {
        UploadDetails upload = begin();
        UploadLock first = hold(upload).orElseThrow();
        assertThat(hold(upload)).isEmpty();
        clock.advance(LEASE);
        UploadLock second = hold(upload).orElseThrow();
        assertThat(uploads.renew(first)).isFalse();
        assertThat(uploads.renew(second)).isTrue();
    }

    @Test
    void uploadThatIsBeingCompletedStaysHeldHoweverLongThatTakes() {
        RunningCompletions completions = new RunningCompletions(uploads);
        UploadDetails upload = begin();
        UploadLock hold = hold(upload).orElseThrow();
        completions.begin(hold);
        for (int i = 0; i < 10; i++) {
            clock.advance(ALMOST_A_LEASE);
            completions.renew();
            assertThat(hold(upload)).isEmpty();
        }
        completions.end(hold);
        clock.advance(LEASE);
        completions.renew();
        assertThat(hold(upload)).isPresent();
    }

    @Test
    void uploadThatWasReleasedIsNotKeptByALateRenewal() {
        UploadDetails upload = begin();
        UploadLock hold = hold(upload).orElseThrow();
        uploads.release(hold);
        assertThat(uploads.renew(hold)).isFalse();
        assertThat(hold(upload)).isPresent();
    }

    @Test
    void whoWasTakenOverReleasesNothing() {
        UploadDetails upload = begin();
        UploadLock first = hold(upload).orElseThrow();
        clock.advance(LEASE);
        UploadLock second = hold(upload).orElseThrow();
        uploads.release(first);
        assertThat(hold(upload)).isEmpty();
        assertThat(uploads.renew(second)).isTrue();
    }

    @Test
    void uploadDoesNotExpireWhileOneRequestReceives() {
        UploadDetails upload = begin();
        UploadLock hold = hold(upload).orElseThrow();
        for (int i = 0; i < 5; i++) { // two and a half times its expiry
            clock.advance(SETTINGS.expiry().dividedBy(2).plusSeconds(1));
            boolean renewed = i % 2 == 0 ? uploads.renew(hold) : uploads.save(hold, upload.object(), List.of());
            assertThat(renewed).isTrue();
            assertThat(uploads.countUnfinished(ANN.accountId())).isEqualTo(1);
            assertThat(submissions.abandoned(clock.instant(), 0, 10)).isEmpty();
            assertThat(uploads.find(upload.id()).orElseThrow().expiresAt())
                    .isEqualTo(clock.instant().plus(SETTINGS.expiry()));
        }
        clock.advance(SETTINGS.expiry().plusSeconds(1));
        assertThat(uploads.countUnfinished(ANN.accountId())).isZero();
    }

    @Test
    void unfinishedUploadsAreThoseThatMayStillBecomeFiles() {
        begin();
        UploadDetails failed = begin();
        assertThat(uploads.countUnfinished(ANN.accountId())).isEqualTo(2);
        assertThat(uploads.countUnfinished(UUID.randomUUID())).isZero();
        submissions.fail(failed.id(), "ended", clock.instant());
        assertThat(uploads.countUnfinished(ANN.accountId())).isEqualTo(1);
        clock.advance(SETTINGS.expiry().plusSeconds(1));
        assertThat(uploads.countUnfinished(ANN.accountId())).isZero();
    }

    private UploadDetails begin() {
        ObjectKey key = new ObjectKey("files/" + UUID.randomUUID());
        Instant expiry = clock.instant().plus(SETTINGS.expiry());
        ReportFileId id = submissions.reserve(new NewSubmission(
                "ALPHA", new Period(2026, Quarter.Q3), "ACTIVE", "a.csv", "text/csv", key, ANN, expiry));
        PartialObject nothing = new PartialObject(key, 10, Optional.of("upload"), 5, 0, Optional.empty());
        UploadDetails upload = new UploadDetails(id, ANN.accountId(), "", Optional.empty(), nothing, expiry);
        uploads.add(upload);
        return upload;
    }

    private Optional<UploadLock> hold(UploadDetails upload) {
        return uploads.hold(upload.id(), upload.expiresAt());
    }
}
