package io.reportfiles.reportfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.access.Scope;
import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.Quarter;
import io.reportfiles.persistence.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What {@link Submissions} promises on every database. */
abstract class SubmissionsContract {

    private static final int THREADS = 64;

    private TestDatabase database;
    private ReportFileFixture fixture;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        database = create();
        fixture = new ReportFileFixture(database);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void reservedFileHasNoVersionAndNoBytes() {
        ReportFileId id = fixture.reserve();
        ReportFileDetails file = fixture.files().require(id);
        assertThat(file.state()).isEqualTo(ReportFileState.RECEIVING);
        assertThat(file.version()).isEmpty();
        assertThat(file.stored()).isEmpty();
    }

    @Test
    void completedFileIsReadBackAsItWasStored() {
        ReportFileId id = fixture.reserve();
        StoredFile stored = fixture.stored(id, 1234);
        ReportFileDetails completed = fixture.submissions().complete(id, stored).orElseThrow();
        assertThat(fixture.files().require(id)).isEqualTo(completed);
        assertThat(completed)
                .isEqualTo(new ReportFileDetails(
                        id,
                        new Scope.OfOrganisation("ALPHA", Optional.of("NORTH")),
                        new Period(2024, Quarter.Q3),
                        "ACTIVE",
                        Optional.of(1),
                        ReportFileState.AVAILABLE,
                        "report.csv",
                        "text/csv",
                        Optional.of(stored),
                        Optional.empty(),
                        ReportFileFixture.NOW,
                        "ann"));
    }

    @Test
    void versionsOfASeriesCountUp() {
        assertThat(IntStream.rangeClosed(1, 3).mapToObj(i -> fixture.submit().version()))
                .containsExactly(Optional.of(1), Optional.of(2), Optional.of(3));
    }

    @Test
    void versionsAreUniqueAndGaplessHoweverManySubmitAtOnce() throws Exception {
        int each = 4;
        List<Callable<Integer>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            boolean loses = thread % 4 == 0;
            work.add(() -> {
                for (int i = 0; i < each; i++) {
                    ReportFileId id = fixture.reserve();
                    if (loses && i % 2 == 0) {
                        fixture.submissions().fail(id, "given up", ReportFileFixture.LEASE_END);
                    } else {
                        assertThat(fixture.submissions().complete(id, fixture.stored(id, i)))
                                .isPresent();
                    }
                }
                return each;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Integer> done : threads.invokeAll(work)) {
                assertThat(done.get()).isEqualTo(each);
            }
        } finally {
            threads.shutdown();
        }
        int published = THREADS * each - THREADS / 4 * each / 2;
        List<Integer> numbers = fixture.versionNumbers();
        assertThat(numbers)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, published).boxed().toList());
        assertThat(fixture.latest().orElseThrow().version()).contains(published);
    }

    /** Whoever looks, whenever: the visible versions are 1 to n, so that none was committed before the one below it. */
    @Test
    void versionsBecomeVisibleInTheirOrder() throws Exception {
        int each = 2;
        AtomicInteger busy = new AtomicInteger(THREADS);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> submitting = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                submitting.add(threads.submit(() -> {
                    try {
                        start.await();
                        for (int i = 0; i < each; i++) {
                            int version = fixture.submit().version().orElseThrow();
                            assertThat(committedVersions())
                                    .as("after its commit")
                                    .contains(version);
                        }
                    } finally {
                        busy.decrementAndGet();
                    }
                    return each;
                }));
            }
            start.countDown();
            int looks = 0;
            while (busy.get() > 0) {
                List<Integer> visible = committedVersions();
                assertThat(visible)
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, visible.size()).boxed().toList());
                looks++;
            }
            for (Future<?> done : submitting) {
                done.get();
            }
            assertThat(looks).as("looks while they were submitting").isGreaterThan(10);
            assertThat(committedVersions()).hasSize(THREADS * each);
        } finally {
            threads.shutdownNow();
        }
    }

    /** As a connection of its own sees them in one statement, in ascending order. */
    private List<Integer> committedVersions() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select version_number from report_file where state = 'AVAILABLE' order by version_number");
                ResultSet rows = select.executeQuery()) {
            List<Integer> versions = new ArrayList<>();
            while (rows.next()) {
                versions.add(rows.getInt(1));
            }
            return versions;
        }
    }

    @Test
    void failedFileCanNotBeCompleted() {
        ReportFileId id = fixture.reserve();
        assertThat(fixture.submissions().fail(id, "the sender left", ReportFileFixture.LEASE_END))
                .isTrue();
        assertThat(fixture.submissions().complete(id, fixture.stored(id, 1))).isEmpty();
        assertThat(fixture.files().require(id).state()).isEqualTo(ReportFileState.FAILED);
        assertThat(fixture.submissions().fail(id, "again", ReportFileFixture.LEASE_END))
                .isTrue();
    }

    @Test
    void availableFileCanNotFail() {
        ReportFileDetails file = fixture.submit();
        assertThat(fixture.submissions().fail(file.id(), "too late", ReportFileFixture.LEASE_END))
                .isFalse();
        assertThat(fixture.files().require(file.id())).isEqualTo(file);
    }

    @Test
    void fileNeverReservedCountsAsFailed() {
        assertThat(fixture.submissions().fail(ReportFileId.random(), "unknown", ReportFileFixture.LEASE_END))
                .isTrue();
        ReportFileId unknown = ReportFileId.random();
        assertThat(fixture.submissions().complete(unknown, fixture.stored(unknown, 1)))
                .isEmpty();
    }

    @Test
    void leaseThatRanOutIsAbandonedUnlessRenewed() {
        Instant end = ReportFileFixture.LEASE_END;
        ReportFileId id = fixture.reserve();
        ReportFileId renewed = fixture.reserve();
        assertThat(fixture.submissions().abandoned(end, 0, 10)).isEmpty();
        assertThat(fixture.submissions().renew(renewed, end.plus(Duration.ofMinutes(5))))
                .isTrue();
        assertThat(fixture.submissions().abandoned(end.plusSeconds(1), 0, 10))
                .singleElement()
                .satisfies(abandoned -> {
                    assertThat(abandoned.id()).isEqualTo(id);
                    assertThat(abandoned.key()).isEqualTo(fixture.keyOf(id));
                    assertThat(abandoned.debt()).isEqualTo(end);
                });
    }

    @Test
    void leasesAreRenewedTogether() {
        Instant end = ReportFileFixture.LEASE_END;
        List<ReportFileId> running = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            running.add(fixture.reserve());
        }
        List<ReportFileId> all = new ArrayList<>(running);
        all.add(fixture.submit().id());
        assertThat(fixture.submissions().renew(all, end.plus(Duration.ofMinutes(5))))
                .isEqualTo(3);
        assertThat(fixture.submissions().renew(List.of(), end)).isZero();
        assertThat(fixture.submissions().abandoned(end.plusSeconds(1), 0, 10)).isEmpty();
    }

    @Test
    void onlyALeaseThatRanOutExpires() {
        Instant later = ReportFileFixture.LEASE_END.plusSeconds(1);
        ReportFileId id = fixture.reserve();
        ReportFileId renewed = fixture.reserve();
        assertThat(fixture.submissions().renew(renewed, later)).isTrue();
        assertThat(fixture.submissions().expire(renewed, later)).isFalse();
        assertThat(fixture.files().require(renewed).state()).isEqualTo(ReportFileState.RECEIVING);
        assertThat(fixture.submissions().expire(id, ReportFileFixture.LEASE_END))
                .isFalse();
        assertThat(fixture.submissions().expire(id, later)).isTrue();
        assertThat(fixture.files().require(id).state()).isEqualTo(ReportFileState.FAILED);
        assertThat(fixture.submissions().expire(id, later)).isTrue();
        assertThat(fixture.submissions().expire(fixture.submit().id(), later)).isFalse();
    }

    @Test
    void leaseOfAFailedOrAvailableFileCanNotBeRenewed() {
        ReportFileId failed = fixture.reserve();
        fixture.submissions().fail(failed, "gone", ReportFileFixture.LEASE_END);
        assertThat(fixture.submissions().renew(failed, ReportFileFixture.LEASE_END))
                .isFalse();
        assertThat(fixture.submissions().renew(fixture.submit().id(), ReportFileFixture.LEASE_END))
                .isFalse();
    }

    @Test
    void failedFileOwesACleanUpUntilItIsCleaned() {
        ReportFileId id = fixture.reserve();
        fixture.submissions().fail(id, "x".repeat(2000), ReportFileFixture.LEASE_END);
        Instant due = ReportFileFixture.LEASE_END.plusSeconds(1);
        assertThat(fixture.submissions().abandoned(ReportFileFixture.LEASE_END, 0, 10))
                .isEmpty();
        assertThat(fixture.submissions().abandoned(due, 0, 10)).hasSize(1);
        fixture.submissions().cleaned(id, ReportFileFixture.LEASE_END);
        assertThat(fixture.submissions().abandoned(due, 0, 10)).isEmpty();
    }

    @Test
    void fileThatFailsAgainOwesACleanUpAgain() {
        Instant later = ReportFileFixture.LEASE_END.plusSeconds(1);
        ReportFileId id = fixture.reserve();
        fixture.submissions().expire(id, later);
        fixture.submissions().cleaned(id, ReportFileFixture.LEASE_END);
        fixture.submissions().expire(id, later); // by another that cleans up, and stores nothing
        assertThat(fixture.submissions().abandoned(later, 0, 10)).isEmpty();
        fixture.submissions().fail(id, "a node that had paused went on, and the store failed", later);
        assertThat(fixture.submissions().abandoned(later, 0, 10)).isEmpty();
        assertThat(fixture.submissions().abandoned(later.plusSeconds(1), 0, 10)).hasSize(1);
    }

    @Test
    void debtThatCameInDuringACleanUpStays() {
        Instant later = ReportFileFixture.LEASE_END.plusSeconds(1);
        ReportFileId id = fixture.reserve();
        fixture.submissions().expire(id, later);
        ExpiredSubmission seen = fixture.submissions().abandoned(later, 0, 10).get(0);
        fixture.submissions().fail(id, "a node that had paused has stored something after all", later);
        fixture.submissions().cleaned(id, seen.debt());
        assertThat(fixture.submissions().abandoned(later.plusSeconds(1), 0, 10))
                .extracting(ExpiredSubmission::debt)
                .containsExactly(later);
    }

    @Nested
    class AnIdempotencyKey {

        private final IdempotencyKey key = new IdempotencyKey("a key");
        private final Instant until = ReportFileFixture.NOW.plusSeconds(60);

        private Optional<ReportFileId> claim() {
            return fixture.reserve(key, until);
        }

        private Optional<ReportFileId> holder() {
            return fixture.keyed().find(ReportFileFixture.ANN.accountId(), key).map(ReportFileDetails::id);
        }

        @Test
        void isFreeOnceTheNodeOfItsSubmissionIsGone() {
            ReportFileId first = claim().orElseThrow();
            assertThat(fixture.keyed().endOrphaned(first)).isFalse();
            assertThat(claim()).isEmpty();
            fixture.node().lose(fixture.node().self());
            assertThat(fixture.keyed().endOrphaned(first)).isTrue();
            assertThat(holder()).isEmpty();
            assertThat(claim()).isPresent();
            assertThat(fixture.submissions().complete(first, fixture.stored(first, 1)))
                    .isEmpty();
        }

        @Test
        void isFreeOnceItsNodeHasLeftItsSubmissionAsItWas() {
            ReportFileId first = claim().orElseThrow();
            assertThat(fixture.keyed().endOrphaned(first)).isFalse();
            fixture.closeClaim();
            assertThat(fixture.keyed().endOrphaned(first)).isTrue();
            assertThat(claim()).isPresent();
        }

        @Test
        void isFreeOnceTheDatabaseIsBackIfNobodyHeardOfItsReservation() {
            fixture.reserve(); // so that the series is there
            LosesAnswers lost = new LosesAnswers(database.dataSource());
            try (TestDatabase behind = database.through(lost.dataSource())) {
                KeyedSubmissions keyed = fixture.keyedIn(behind);
                KeyedSubmissions.Claim first = keyed.claim(key, until);
                lost.loseNext();
                assertThatThrownBy(() -> first.reserve(fixture.submission())).hasStackTraceContaining("lost");
                lost.comeBack();
                ReportFileId left = holder().orElseThrow();
                assertThat(keyed.endOrphaned(left)).isFalse();
                first.close();
                assertThat(keyed.endOrphaned(left)).isTrue();
                try (KeyedSubmissions.Claim again = keyed.claim(key, until)) {
                    assertThat(again.reserve(fixture.submission())).isPresent();
                }
            }
        }

        @Test
        void ofAnAvailableFileStaysWhateverBecomesOfItsNode() {
            ReportFileId first = claim().orElseThrow();
            fixture.submissions().complete(first, fixture.stored(first, 1));
            fixture.node().lose(fixture.node().self());
            assertThat(fixture.keyed().endOrphaned(first)).isFalse();
            assertThat(holder()).contains(first);
        }

        @Test
        void belongsToOneSubmission() {
            Optional<ReportFileId> first = claim();
            assertThat(first).isPresent();
            assertThat(claim()).isEmpty();
            assertThat(holder()).isEqualTo(first);
            fixture.submissions().complete(first.get(), fixture.stored(first.get(), 1));
            assertThat(claim()).isEmpty();
            assertThat(holder()).isEqualTo(first);
        }

        @Test
        void isFreeAgainWhenItsSubmissionFailed() {
            ReportFileId first = claim().orElseThrow();
            fixture.submissions().fail(first, "the sender left", ReportFileFixture.LEASE_END);
            assertThat(holder()).isEmpty();
            assertThat(claim()).isPresent().isNotEqualTo(Optional.of(first));
        }

        @Test
        void isFreeAgainWhenItsLifetimeIsOver() {
            ReportFileId first = fixture.reserve(key, ReportFileFixture.NOW).orElseThrow();
            assertThat(holder()).isEmpty();
            fixture.keyed().forgetKeys();
            assertThat(claim()).isPresent().isNotEqualTo(Optional.of(first));
        }

        @Test
        void isClaimedOnceHoweverManyTryAtOnce() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                List<Callable<Optional<ReportFileId>>> attempts = Collections.nCopies(THREADS, this::claim);
                List<ReportFileId> claimed = new ArrayList<>();
                for (Future<Optional<ReportFileId>> attempt : threads.invokeAll(attempts)) {
                    attempt.get().ifPresent(claimed::add);
                }
                assertThat(claimed).hasSize(1);
                assertThat(holder()).contains(claimed.get(0));
            } finally {
                threads.shutdown();
            }
        }
    }

    @Test
    void abandonedOnesCanBePagedThrough() {
        Instant later = ReportFileFixture.LEASE_END.plusSeconds(1);
        List<ReportFileId> reserved =
                IntStream.range(0, 3).mapToObj(i -> fixture.reserve()).toList();
        List<ReportFileId> found = IntStream.rangeClosed(0, reserved.size())
                .mapToObj(skip -> fixture.submissions().abandoned(later, skip, 1))
                .flatMap(List::stream)
                .map(ExpiredSubmission::id)
                .toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(reserved);
    }

    @Test
    void availableFileIsNeverAbandoned() {
        fixture.submit();
        assertThat(fixture.submissions().abandoned(Instant.parse("2090-01-01T00:00:00Z"), 0, 10))
                .isEmpty();
    }
}
