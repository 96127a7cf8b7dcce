package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Callers;
import io.reportfiles.access.Role;
import io.reportfiles.catalogue.OrganisationDetails;
import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.Quarter;
import io.reportfiles.catalogue.SectionDetails;
import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.inspection.InspectedFile;
import io.reportfiles.inspection.Inspections;
import io.reportfiles.ledger.running.RunningTransfers;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.reportfile.FileName;
import io.reportfiles.reportfile.NewSubmission;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.ReportFileState;
import io.reportfiles.reportfile.ReportFiles;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.StoreUnavailableException;
import io.reportfiles.submission.MemorySubmissions.Completion;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.persistence.PersistenceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SubmitterTest {

    private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
    private static final SubmissionSettings SETTINGS =
            new SubmissionSettings(Duration.ofMinutes(5), Duration.ofMinutes(1));
    private static final Caller ANALYST =
            new Caller(UUID.randomUUID(), "ann", Set.of(Role.ANALYST), Optional.of("CA"), Optional.empty());
    private static final SubmissionRequest REQUEST = new SubmissionRequest(
            new OrganisationDetails("CA", "California", "state", Optional.empty()),
            new Period(2026, Quarter.Q3),
            new SectionDetails("active", "Active Case Data", Set.of("csv"), 10),
            new FileName("a.csv"));

    private static final String MALWARE = "malware";

    private final MemorySubmissions submissions = new MemorySubmissions();
    private final MemoryStore store = new MemoryStore();
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final RunningSubmissions running =
            new RunningSubmissions(submissions, new RunningTransfers(), SETTINGS, clock);
    private final OrphanCleanup leftovers = new OrphanCleanup(store, submissions);
    private final StandingCallers callers = new StandingCallers();
    private final Submitter submitter = new Submitter(
            submissions,
            new PermittedCompletion(submissions, callers, new RolledBack(submissions)),
            new AvailableFiles(),
            store,
            new ObjectKeys("files"),
            new Scanned(),
            running,
            leftovers,
            new Journal(),
            SETTINGS,
            clock);

    @Test
    void storedBytesBecomeAnAvailableFile() throws IOException {
        ReportFileDetails file = submitter.submit(REQUEST, plain(bytes("123456789")), ANALYST);
        StoredFile stored = file.requireStored();
        assertThat(stored.size()).isEqualTo(9);
        assertThat(stored.crc32c()).isEqualTo("4waSgw==");
        assertThat(stored.crc32()).isEqualTo("cbf43926");
        assertThat(stored.object().key().value()).matches("files/CA/2026/Q3/active/[0-9a-f-]{36}");
        assertThat(stored.object().versionId()).contains("v1");
        assertThat(store.objects.get(stored.object().key())).asString(US_ASCII).isEqualTo("123456789");
        assertThat(running.isRunning(file.id())).isFalse();
    }

    @Test
    void fileThatIsFoundToBeMalwareIsNotKept() {
        assertThatThrownBy(() -> submitter.submit(REQUEST, plain(bytes(MALWARE)), ANALYST))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNPROCESSABLE_CONTENT));
        assertThat(submissions.states).containsValue(ReportFileState.FAILED);
        assertThat(store.objects).isEmpty();
        assertThat(submissions.owed).isEmpty();
    }

    @Test
    void fileIsNotPublishedWhoseSenderMayNotSubmitAnyMore() {
        callers.gone = true;
        assertThatThrownBy(() -> submitter.submit(REQUEST, plain(bytes("1")), ANALYST))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.FORBIDDEN));
        assertThat(submissions.states).containsValue(ReportFileState.FAILED);
        assertThat(store.objects).isEmpty();
    }

    @Test
    void everySubmissionHasAKeyOfItsOwn() throws IOException {
        submitter.submit(REQUEST, plain(bytes("1")), ANALYST);
        submitter.submit(REQUEST, plain(bytes("1")), ANALYST);
        assertThat(store.objects).hasSize(2);
    }

    @Test
    void leaseIsHeldWhileBytesCome() throws IOException {
        InputStream watching = new InputStream() {
            @Override
            public int read() {
                assertThat(running.isRunning(onlyOne())).isTrue();
                assertThat(submissions.leases.get(onlyOne())).isEqualTo(NOW.plus(SETTINGS.lease()));
                return -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return read();
            }
        };
        submitter.submit(REQUEST, plain(watching), ANALYST);
        assertThat(running.isRunning(onlyOne())).isFalse();
    }

    @Nested
    class AFailureLeavesNothing {

        @Test
        void whenTheBodyIsCutOff() {
            InputStream cutOff = new SequenceInputStream(bytes("123"), failing());
            assertProblem(ProblemType.INVALID_INPUT, cutOff);
            assertNothingLeft();
        }

        @Test
        void whenTheFileIsTooLarge() {
            assertProblem(ProblemType.CONTENT_TOO_LARGE, bytes("12345678901"));
            assertNothingLeft();
        }

        @Test
        void whenTheStoreConfirmsAnotherSize() {
            store.swallowsBytes = true;
            assertThatExceptionOfType(ObjectChangedException.class).isThrownBy(() -> submit(bytes("123")));
            assertThat(state()).isEqualTo(ReportFileState.FAILED);
            assertThat(submissions.owed).containsExactly(onlyOne());
        }

        @Test
        void whenTheFileCanNotBeCompleted() {
            submissions.completion = Completion.FAILS;
            assertThatExceptionOfType(PersistenceException.class).isThrownBy(() -> submit(bytes("123")));
            assertNothingLeft();
        }

        @Test
        void whenTheReservationIsLost() {
            InputStream losing = new SequenceInputStream(bytes("123"), new InputStream() {
                @Override
                public int read() {
                    submissions.fail(onlyOne(), "cleaned up by another node", NOW);
                    return -1;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) {
                    return read();
                }
            });
            assertProblem(ProblemType.BUSY, losing);
            assertNothingLeft();
        }

        private void assertNothingLeft() {
            assertThat(state()).isEqualTo(ReportFileState.FAILED);
            assertThat(store.objects).isEmpty();
            assertThat(store.abandoned)
                    .containsExactly(submissions.submissions.get(onlyOne()).key());
            assertThat(submissions.owed).isEmpty();
            assertThat(running.isRunning(onlyOne())).isFalse();
        }
    }

    @Test
    void whatTheStoreMayHaveLeftIsOwed() {
        store.away = true;
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> submit(bytes("123")));
        assertThat(state()).isEqualTo(ReportFileState.FAILED);
        assertThat(submissions.owed).containsExactly(onlyOne());
    }

    @Test
    void bytesStayWhenTheCommitWentThroughUnheard() throws IOException {
        submissions.completion = Completion.SUCCEEDS_UNHEARD;
        ReportFileDetails file = submitter.submit(REQUEST, plain(bytes("123")), ANALYST);
        assertThat(file.id()).isEqualTo(onlyOne());
        assertThat(store.objects).hasSize(1);
    }

    @Test
    void bytesStayAsLongAsNobodyKnowsWhetherTheCommitWentThrough() {
        submissions.completion = Completion.SUCCEEDS_UNHEARD;
        submissions.away = true;
        assertThatExceptionOfType(PersistenceException.class).isThrownBy(() -> submit(bytes("123")));
        assertThat(store.objects).hasSize(1);
    }

    @Nested
    class CleaningUp {

        private final Instant later = NOW.plus(SETTINGS.lease()).plusSeconds(1);

        @Test
        void takesWhatADeadNodeLeft() {
            submissions.away = true;
            submissions.completion = Completion.FAILS;
            assertThatExceptionOfType(PersistenceException.class).isThrownBy(() -> submit(bytes("123")));
            submissions.away = false;

            cleanUp(NOW);
            assertThat(state()).isEqualTo(ReportFileState.RECEIVING);
            assertThat(store.objects).hasSize(1);

            cleanUp(later);
            assertThat(state()).isEqualTo(ReportFileState.FAILED);
            assertThat(store.objects).isEmpty();
            assertThat(submissions.owed).isEmpty();
        }

        @Test
        void takesWhatTheStoreCouldNotRemove() {
            store.away = true;
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> submit(bytes("123")));
            cleanUp(later);
            assertThat(submissions.owed).hasSize(1);

            store.away = false;
            cleanUp(NOW); // what the store was asked before may yet arrive
            assertThat(submissions.owed).hasSize(1);

            cleanUp(later);
            assertThat(submissions.owed).isEmpty();
            assertThat(store.abandoned).hasSize(1);
        }

        @Test
        void goesOnBehindWhatTheStoreRefusesToRemove() {
            owe(250);
            List<ObjectKey> keys = submissions.submissions.values().stream()
                    .map(NewSubmission::key)
                    .toList();
            store.held.addAll(keys.subList(0, 120));
            cleanUp(later);
            assertThat(store.abandoned).containsExactlyElementsOf(keys.subList(120, 250));
            assertThat(submissions.owed).hasSize(120);
        }

        @Test
        void stopsWhileTheStoreIsAway() {
            owe(3);
            store.away = true;
            cleanUp(later);
            assertThat(store.asked).isEqualTo(3 + 1);
            assertThat(submissions.owed).hasSize(3);
        }

        private void owe(int count) {
            store.away = true;
            for (int i = 0; i < count; i++) {
                assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> submit(bytes("123")));
            }
            store.away = false;
        }

        @Test
        void leavesWhatIsComingInHere() throws IOException {
            submitter.submit(REQUEST, plain(whileComing(() -> cleanUp(later))), ANALYST);
            assertThat(state()).isEqualTo(ReportFileState.AVAILABLE);
        }

        @Test
        void leavesWhatAnotherNodeRenewsMeanwhile() throws IOException {
            MemorySubmissions seenByTheOther = submissions;
            submitter.submit(
                    REQUEST,
                    plain(whileComing(() -> {
                        seenByTheOther.renew(onlyOne(), later.plusSeconds(60));
                        assertThat(seenByTheOther.expire(onlyOne(), later)).isFalse();
                    })),
                    ANALYST);
            assertThat(state()).isEqualTo(ReportFileState.AVAILABLE);
        }

        @Test
        void leavesAvailableFiles() throws IOException {
            submitter.submit(REQUEST, plain(bytes("123")), ANALYST);
            cleanUp(later);
            assertThat(state()).isEqualTo(ReportFileState.AVAILABLE);
            assertThat(store.objects).hasSize(1);
        }

        private void cleanUp(Instant at) {
            new AbandonedSubmissions(submissions, running, leftovers, Clock.fixed(at, ZoneOffset.UTC)).cleanUp();
        }

        private InputStream whileComing(Runnable meanwhile) {
            return new SequenceInputStream(bytes("123"), new InputStream() {
                @Override
                public int read() {
                    meanwhile.run();
                    return -1;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) {
                    return read();
                }
            });
        }
    }

    @Test
    void renewalPutsOffTheLeaseOfWhatIsRunningOnly() throws IOException {
        submitter.submit(REQUEST, plain(bytes("1")), ANALYST);
        ReportFileId ended = onlyOne();
        submissions.leases.put(ended, NOW);
        running.renewLeases();
        assertThat(submissions.leases).containsEntry(ended, NOW);

        running.begin(ended, ANALYST, REQUEST.organisation().scope(), new WatchedInput(InputStream.nullInputStream()));
        submissions.states.put(ended, ReportFileState.RECEIVING);
        running.renewLeases();
        assertThat(submissions.leases).containsEntry(ended, NOW.plus(SETTINGS.lease()));
    }

    private void assertProblem(ProblemType type, InputStream file) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> submit(file))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(type));
    }

    private void submit(InputStream file) throws IOException {
        submitter.submit(REQUEST, plain(file), ANALYST);
    }

    private ReportFileId onlyOne() {
        assertThat(submissions.states).hasSize(1);
        return submissions.states.keySet().iterator().next();
    }

    private ReportFileState state() {
        return submissions.states.get(onlyOne());
    }

    private static IncomingFile plain(InputStream bytes) {
        return new IncomingFile(bytes, Optional.empty());
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(US_ASCII));
    }

    private static InputStream failing() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw RefusedBodyException.cutOff(new EOFException());
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw RefusedBodyException.cutOff(new EOFException());
            }
        };
    }

    private static final class Journal extends SubmissionJournal {

        @Override
        public void stored(SubmissionForm form, ReportFileDetails file, Duration duration) {
            // not of interest here
        }

        @Override
        public void failed(SubmissionForm form, Exception failure, Duration duration) {
            // not of interest here
        }
    }

    private final class AvailableFiles extends ReportFiles {

        @Override
        public Optional<ReportFileDetails> find(ReportFileId id) {
            return Optional.ofNullable(submissions.available.get(id));
        }
    }

    /** Finds one text to be malware. */
    private static final class Scanned extends Inspections {

        @Override
        public InputStream inspect(InputStream source, InspectedFile file) {
            return new FilterInputStream(source) {
                private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int count = super.read(buffer, offset, length);
                    if (count > 0) {
                        seen.write(buffer, offset, count);
                    } else if (seen.toString(US_ASCII).equals(MALWARE)) {
                        throw new ProblemException(ProblemType.UNPROCESSABLE_CONTENT, "Found.");
                    }
                    return count;
                }

                @Override
                public void close() {
                    // the source is not ours
                }
            };
        }
    }

    private static final class StandingCallers implements Callers {

        private boolean gone;

        @Override
        public Map<UUID, Caller> find(Collection<UUID> ids) {
            return gone ? Map.of() : Map.of(ANALYST.accountId(), ANALYST);
        }

        @Override
        public Set<UUID> usableTokens(Collection<UUID> ids) {
            return Set.copyOf(ids);
        }

        @Override
        public Optional<Caller> find(String nameOrId) {
            return Optional.empty();
        }
    }

    /** What fails has not happened. */
    private static final class RolledBack extends Transactions {

        private final MemorySubmissions submissions;

        RolledBack(MemorySubmissions submissions) {
            this.submissions = submissions;
        }

        @Override
        public <T> T call(Supplier<T> work) {
            Map<ReportFileId, ReportFileState> states = Map.copyOf(submissions.states);
            Map<ReportFileId, ReportFileDetails> available = Map.copyOf(submissions.available);
            try {
                return work.get();
            } catch (ProblemException refused) {
                submissions.states.putAll(states);
                submissions.available.keySet().retainAll(available.keySet());
                throw refused;
            }
        }
    }
}
