package io.reportfiles.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.audit.AuditAction;
import io.reportfiles.config.ReconciliationSettings.UnknownObjects;
import io.reportfiles.dev.FaultProxy;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.dev.FaultProxy.Loss;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.reconcile.Reconciliations.Condition;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.s3.OpenStore;
import io.reportfiles.web.PageRequest;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** What the reconciler finds, removes and leaves, over a real S3 server and every database. */
abstract class ReconcilerContract {

    private static final int LARGE = 11 << 20;

    @TempDir
    static Path directory;

    private static LocalS3 server;

    private ReconcilerScene scene;

    abstract TestDatabase create();

    @BeforeAll
    static void startServer() throws IOException {
        server = LocalS3.start(directory, 0, ReconcilerScene.CREDENTIALS);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void open() throws IOException {
        scene = new ReconcilerScene(create(), server.endpoint());
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void put(String key) {
        scene.s3.putObject(request -> request.bucket(scene.bucket).key(key), RequestBody.fromString("x"));
    }

    private static String keyOfOurs() {
        return "files/A/2026/Q3/S/" + UUID.randomUUID();
    }

    private static ObjectVersion object(ReportFileDetails file) {
        return file.requireStored().object();
    }

    private void execute(String sql, ReportFileDetails file) {
        scene.database().execute(sql + " where id = '" + file.id() + "'");
    }

    @Test
    void whatAgreesIsLeft() throws Exception {
        scene.submit(0);
        scene.submit(10);
        scene.submit(LARGE);
        DirectReconciler.Result result = scene.reconcile();
        assertThat(result.state()).isEqualTo("FINISHED");
        assertThat(result.findings()).isEmpty();
        assertThat(result.counts()).isEqualTo(new Counts(3, 0, 0, 3, 0, 0));
        assertThat(scene.inspect().isClean()).isTrue();
    }

    @Nested
    class Objects {

        @Test
        void withoutARowAreRemovedByHand() throws Exception {
            scene.submit(1);
            put(keyOfOurs());
            assertThat(scene.dryRun().findings()).containsExactly("UNKNOWN_OBJECT WOULD_REMOVE");
            assertThat(scene.inspect().orphans()).isEqualTo(1);
            assertThat(scene.reconcile().findings()).containsExactly("UNKNOWN_OBJECT REMOVED");
            assertThat(scene.inspect().isClean()).isTrue();
        }

        @Test
        void withoutARowAreReportedOnSchedule() throws Exception {
            put(keyOfOurs());
            assertThat(scene.reconcileOnSchedule().findings()).containsExactly("UNKNOWN_OBJECT REPORTED");
            assertThat(scene.inspect().orphans()).isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource({"11, 0", "21, 22"})
        void withoutARowAreLeftWhereTheyAreTooMany(int unknown, int known) throws Exception {
            for (int i = 0; i < known; i++) {
                scene.submit(1);
            }
            for (int i = 0; i < unknown; i++) {
                put(keyOfOurs());
            }
            assertThat(scene.reconcile().findings()).hasSize(unknown).containsOnly("UNKNOWN_OBJECT WITHHELD");
            assertThat(scene.inspect().orphans()).isEqualTo(unknown);
        }

        @ParameterizedTest
        @ValueSource(strings = {"other/A/2026/Q3/S/file", "files/notes.txt", "files/A/2026/Q3/S/notes.txt"})
        void ofOthersAreLeft(String key) throws Exception {
            put(key);
            assertThat(scene.reconcile().findings()).isEmpty();
            assertThat(scene.inspect().orphans()).isEqualTo(1);
        }

        @Test
        void thatAreYoungAreLeft() throws Exception {
            put(keyOfOurs());
            scene.s3.createMultipartUpload(
                    request -> request.bucket(scene.bucket).key(keyOfOurs()));
            assertThat(scene.reconcileAtOnce().findings()).isEmpty();
        }

        @Test
        void ofAPausedNodeThatCameAfterTheCleanUpAreRemoved() throws Exception {
            ReportFileDetails file = scene.submit(1);
            scene.s3.deleteObject(request -> request.bucket(scene.bucket)
                    .key(object(file).key().value())
                    .versionId(object(file).versionId().orElseThrow()));
            execute("update report_file set state = 'FAILED', version_number = null", file);
            put(object(file).key().value());
            assertThat(scene.reconcile().findings()).containsExactly("LEFTOVER_OBJECT REMOVED");
            assertThat(scene.inspect().isClean()).isTrue();
        }

        @Test
        void besideTheOneOfTheRowAreRemoved() throws Exception {
            ReportFileDetails file = scene.submit(1);
            String key = object(file).key().value();
            put(key);
            scene.s3.deleteObject(request -> request.bucket(scene.bucket).key(key));
            assertThat(scene.reconcile().findings())
                    .containsExactly("UNREFERENCED_VERSION REMOVED", "UNREFERENCED_VERSION REMOVED");
            assertThat(scene.inspect().isClean()).isTrue();
            assertThat(scene.reconcile().findings()).isEmpty();
        }

        @Test
        void stayWhereTheOneOfTheRowIsMissing() throws Exception {
            ReportFileDetails file = scene.submit(1);
            execute("update report_file set object_version_id = 'of-a-bucket-that-was-copied'", file);
            assertThat(scene.reconcile().findings())
                    .containsExactly("MISSING_OBJECT REPORTED", "UNREFERENCED_VERSION REPORTED");
            assertThat(scene.inspect().orphans()).isEqualTo(1);
        }

        @Test
        void stayWhereTheRowRefersToAnotherBucket() throws Exception {
            ReportFileDetails file = scene.submit(1);
            execute("update report_file set bucket = 'another-bucket'", file);
            assertThat(scene.reconcile().findings()).containsExactly("MISSING_OBJECT REPORTED");
            assertThat(scene.inspect().orphans()).isZero();
        }

        @Test
        void ofAnUploadInSeveralRequestsAreRemovedAlsoWhereThereAreNoVersions() throws Exception {
            ReportFileDetails file = scene.submit(1);
            execute("update report_file set object_version_id = null", file);
            put(object(file).key().tail(UUID.randomUUID()).value());
            assertThat(scene.reconcile().findings()).containsExactly("UNREFERENCED_VERSION REMOVED");
            assertThat(scene.inspect().isClean()).isTrue();
            assertThat(scene.reconcile().findings()).isEmpty();
        }

        @Test
        void thatMayNotBeLookedAtAreNotCalledMissing() throws Exception {
            ReportFileDetails file = scene.submit(1);
            put(object(file).key().value());
            assertThat(scene.reconcileBlindly().findings())
                    .containsExactly("UNREADABLE_OBJECT REPORTED", "UNREFERENCED_VERSION REPORTED");
        }

        @Test
        void thatDifferAreReported() throws Exception {
            ReportFileDetails file = scene.submit(1);
            execute("update report_file set size_bytes = 2", file);
            assertThat(scene.reconcile().findings()).containsExactly("DIFFERENT_OBJECT REPORTED");
        }
    }

    @Nested
    class Uploads {

        @Test
        void thatNobodyGoesOnWithAreAborted() throws Exception {
            ReportFileDetails file = scene.submit(1);
            for (String key : List.of(keyOfOurs(), object(file).key().value())) {
                scene.s3.createMultipartUpload(
                        request -> request.bucket(scene.bucket).key(key));
            }
            assertThat(scene.dryRun().findings())
                    .containsExactly("UNFINISHED_UPLOAD WOULD_REMOVE", "UNFINISHED_UPLOAD WOULD_REMOVE");
            assertThat(scene.inspect().uploads()).isEqualTo(2);
            assertThat(scene.reconcile().findings())
                    .containsExactly("UNFINISHED_UPLOAD REMOVED", "UNFINISHED_UPLOAD REMOVED");
            assertThat(scene.inspect().isClean()).isTrue();
        }

        @Test
        void ofARunningSubmissionAreLeft() throws Exception {
            ReportFileDetails file = scene.submit(1);
            execute(
                    "update report_file set state = 'RECEIVING', version_number = null,"
                            + " lease_until = timestamp with time zone '2099-01-01 00:00:00+00'",
                    file);
            scene.s3.createMultipartUpload(request ->
                    request.bucket(scene.bucket).key(object(file).key().value()));
            assertThat(scene.reconcile().findings()).isEmpty();
            assertThat(scene.inspect().uploads()).isEqualTo(1);
        }
    }

    @Test
    void oneRunGoesOnAtATimeAndADueOneOnce() {
        Reconciliations runs = scene.runs();
        Mode mode = new Mode("ann", false, UnknownObjects.REPORT);
        Optional<UUID> first = runs.begin(mode, Condition.DUE);
        assertThat(first).isPresent();
        assertThat(runs.begin(mode, Condition.FREE)).isEmpty();
        scene.database()
                .execute("update task_lease set lease_until = timestamp with time zone '2001-01-01 00:00:00+00'");
        assertThat(runs.begin(mode, Condition.DUE)).as("after the node's death").isPresent();
        assertThat(runs.find(first.get()).orElseThrow().state()).isEqualTo("FAILED");
        scene.database()
                .execute(
                        "update task_lease set holder = null, due_at = timestamp with time zone '2099-01-01 00:00:00+00'");
        assertThat(runs.begin(mode, Condition.DUE)).isEmpty();
        assertThat(runs.begin(mode, Condition.FREE)).isPresent();
    }

    @Nested
    class DeadSubmissions {

        private ReportFileDetails file;

        @BeforeEach
        void begin() throws Exception {
            file = scene.submit(1);
            execute("update report_file set state = 'RECEIVING', version_number = null", file);
        }

        @Test
        void areCleanedUp() throws Exception {
            assertThat(scene.reconcile().findings()).containsExactly("DEAD_SUBMISSION REMOVED");
            assertThat(scene.inspect().isClean()).isTrue();
            assertThat(scene.audited(AuditAction.OBJECT_REMOVED)).isEqualTo(1);
        }

        @Test
        void areLeftAndNotedNowhereWhereTheyTurnOutToBeAlive() throws Exception {
            Transactions renewing = new RenewingTransactions(scene.database());
            DirectReconciler.Result result = scene.reconcile(renewing);
            assertThat(result.state()).isEqualTo("FINISHED");
            assertThat(result.findings()).isEmpty();
            assertThat(result.counts().removed()).isZero();
            assertThat(scene.audited(AuditAction.OBJECT_REMOVED)).isZero();
        }
    }

    /** Has the sender give a sign of life just after it was listed as dead. */
    private static final class RenewingTransactions extends Transactions {

        private final TestDatabase database;
        private final AtomicInteger seen = new AtomicInteger();

        RenewingTransactions(TestDatabase database) {
            this.database = database;
        }

        @Override
        public <T> T call(Supplier<T> work) {
            T result = database.transactions().call(work);
            if (seen.incrementAndGet() == 2) { // the first begins the run
                database.execute(
                        "update report_file set lease_until = timestamp with time zone '2099-01-01 00:00:00+00'");
            }
            return result;
        }

        @Override
        public void run(Runnable work) {
            call(() -> {
                work.run();
                return Collections.emptyList();
            });
        }
    }

    @Nested
    class ARun {

        private final Mode mode = new Mode("ann", false, UnknownObjects.REPORT);

        @Test
        void isAuditedAsItBegins() {
            scene.runs().begin(mode, Condition.FREE);
            assertThat(scene.audited(AuditAction.RECONCILIATION_STARTED)).isEqualTo(1);
        }

        @Test
        void thatFindsNoThreadHasEnded() {
            Reconciler reconciler = scene.reconciler();
            assertThatThrownBy(() -> reconciler.start(mode, Condition.FREE, work -> {
                        throw new RejectedExecutionException("on purpose");
                    }))
                    .isInstanceOf(RejectedExecutionException.class);
            assertThat(reconciler.start(mode, Condition.FREE, Runnable::run)).isPresent();
        }

        @Test
        void isBrokenOffWhenTheApplicationStops() {
            Reconciler reconciler = scene.reconciler();
            put(keyOfOurs());
            reconciler.stop();
            Reconciler.Started run =
                    reconciler.start(mode, Condition.FREE, Runnable::run).orElseThrow();
            assertThat(scene.runs().find(run.id()).orElseThrow().failure()).contains("The application was stopped.");
            assertThat(scene.runs().begin(mode, Condition.FREE))
                    .as("it has given its lease back")
                    .isPresent();
        }

        @Test
        void savesTheNextTimeWhatWasRolledBack() {
            Finding finding = new Finding(
                    FindingKind.UNKNOWN_OBJECT, "files/x", Optional.empty(), "unknown", FindingAction.REPORTED);
            UUID id = scene.runs().begin(mode, Condition.FREE).orElseThrow();
            Run run = new Run(id, mode, Instant.EPOCH, Instant.EPOCH, Duration.ZERO);
            run.found(finding);
            Reconciliations failing =
                    scene.runs(new FailingTransactions(scene.database().transactions(), 1, Commit.ROLLED_BACK));
            assertThatThrownBy(() -> failing.progress(run)).isInstanceOf(PersistenceException.class);
            scene.runs().progress(run);
            run.found(finding);
            scene.runs().end(run, Optional.empty(), Duration.ZERO);
            assertThat(scene.runs().findings(id, new PageRequest(1, 10)).items())
                    .containsExactly(finding, finding);
        }
    }

    /** Every request to S3 of a submission fails in turn, and every transaction; nothing that matters is lost. */
    @Nested
    class WhateverFails {

        @ParameterizedTest
        @CsvSource({"ANSWERED_500, 1", "RESET, 1", "ANSWER_LOST, 1", "ANSWER_LOST, 3"})
        void inTheStoreLeavesNothing(Loss loss, int attempts) throws Exception {
            try (FaultProxy proxy = FaultProxy.before(server.endpoint());
                    OpenStore store = scene.open(proxy.endpoint(), attempts)) {
                List<String> acknowledged = new ArrayList<>();
                for (int size : new int[] {1, LARGE}) {
                    boolean happened = true;
                    for (int number = 1; happened; number++) {
                        Fault.FailOne fault = new Fault.FailOne(number, loss);
                        proxy.set(fault);
                        try {
                            acknowledged.add(
                                    scene.submit(store, scene.database().transactions(), size)
                                            .id()
                                            .toString());
                        } catch (IOException expected) {
                            assertThat(fault.hasHappened()).isTrue();
                        }
                        happened = fault.hasHappened();
                    }
                }
                proxy.lift();
                assertPromises(acknowledged);
            }
        }

        @ParameterizedTest
        @EnumSource
        void inTheDatabaseLeavesNothing(Commit failing) throws Exception {
            List<String> acknowledged = new ArrayList<>();
            try (OpenStore store = scene.open(server.endpoint(), 1)) {
                for (int size : new int[] {1, LARGE}) {
                    boolean happened = true;
                    for (int number = 1; happened; number++) {
                        FailingTransactions transactions =
                                new FailingTransactions(scene.database().transactions(), number, failing);
                        try {
                            acknowledged.add(
                                    scene.submit(store, transactions, size).id().toString());
                        } catch (PersistenceException expected) {
                            assertThat(transactions.hasFailed()).isTrue();
                        }
                        happened = transactions.hasFailed();
                    }
                }
            }
            assertPromises(acknowledged);
        }

        private void assertPromises(List<String> acknowledged) throws Exception {
            DirectReconciler.Result result = scene.reconcile();
            assertThat(result.state()).isEqualTo("FINISHED");
            assertThat(scene.inspect().isClean()).as(result.toString()).isTrue();
            assertThat(scene.inspect().published().keySet()).containsAll(acknowledged);
            assertThat(scene.reconcile().findings()).isEmpty();
        }
    }

    /** How the one transaction ends. */
    enum Commit {
        ROLLED_BACK,
        UNHEARD
    }

    private static final class FailingTransactions extends Transactions {

        private final Transactions real;
        private final int number;
        private final Commit failing;
        private final AtomicInteger seen = new AtomicInteger();

        FailingTransactions(Transactions real, int number, Commit failing) {
            this.real = real;
            this.number = number;
            this.failing = failing;
        }

        boolean hasFailed() {
            return seen.get() >= number;
        }

        @Override
        public <T> T call(Supplier<T> work) {
            if (seen.incrementAndGet() != number) {
                return real.call(work);
            }
            if (failing == Commit.UNHEARD) {
                real.call(work);
                throw new PersistenceException("the connection broke behind the commit");
            }
            return real.call(() -> {
                T result = work.get();
                throw new PersistenceException("the commit failed: " + result);
            });
        }

        @Override
        public void run(Runnable work) {
            call(() -> {
                work.run();
                return Collections.emptyList();
            });
        }
    }
}
