package io.reportfiles.web.problem;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.persistence.CommitFailedException;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectTooLargeException;
import io.reportfiles.storage.ObjectTruncatedException;
import io.reportfiles.storage.StoreBusyException;
import io.reportfiles.storage.StoreRefusedException;
import io.reportfiles.storage.StoreUnavailableException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.resource.spi.ResourceAllocationException;
import jakarta.servlet.ServletException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionalException;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTableTest {

    @Test
    void everyTypeHasItsStatus() {
        Map<String, Integer> statuses = Arrays.stream(ProblemType.values())
                .collect(Collectors.toMap(
                        type -> type.uri().replace("urn:report-files:problem:", ""), ProblemType::status));
        assertThat(statuses)
                .containsOnly(
                        entry("invalid-input", 400),
                        entry("unauthenticated", 401),
                        entry("forbidden", 403),
                        entry("not-found", 404),
                        entry("method-not-allowed", 405),
                        entry("not-acceptable", 406),
                        entry("request-timeout", 408),
                        entry("conflict", 409),
                        entry("gone", 410),
                        entry("length-required", 411),
                        entry("precondition-failed", 412),
                        entry("content-too-large", 413),
                        entry("uri-too-long", 414),
                        entry("unsupported-media-type", 415),
                        entry("range-not-satisfiable", 416),
                        entry("unprocessable-content", 422),
                        entry("locked", 423),
                        entry("too-many-requests", 429),
                        entry("header-fields-too-large", 431),
                        entry("checksum-mismatch", 460),
                        entry("internal-error", 500),
                        entry("not-implemented", 501),
                        entry("bad-gateway", 502),
                        entry("storage-unavailable", 503),
                        entry("scanner-unavailable", 503),
                        entry("database-unavailable", 503),
                        entry("outcome-unknown", 503),
                        entry("busy", 503));
    }

    static List<Map.Entry<Throwable, String>> failures() {
        return List.of(
                entry(new ProblemException(ProblemType.CONFLICT, "Taken."), "409"),
                entry(new ObjectMissingException("gone"), "410"),
                entry(new ObjectChangedException("changed"), "502"),
                entry(new ObjectTruncatedException("short"), "503 after 10"),
                entry(new ObjectTooLargeException(7), "413"),
                entry(new StoreUnavailableException("away"), "503 after 10"),
                entry(new StoreRefusedException("refused"), "503 after 60"),
                entry(new StoreBusyException("busy"), "503 after 5"),
                entry(new RejectedExecutionException(), "503 after 5"),
                entry(new OptimisticLockException(), "409"),
                entry(new PersistenceException(new SQLTransientConnectionException()), "503 after 10"),
                entry(new PersistenceException(new SQLException("gone", "08006")), "503 after 10"),
                entry(new PersistenceException(new SQLException("shutdown", "57P01")), "503 after 10"),
                entry(new PersistenceException(new SQLException("full", "53300")), "503 after 10"),
                entry(new PersistenceException(new SQLException("closed", "90098", 90098)), "503 after 10"),
                entry(new PersistenceException(new SQLException("disk full", "53100")), "503 after 10"),
                entry(new PersistenceException(new SQLException("read-only", "25006")), "503 after 10"),
                entry(new PersistenceException(new SQLException("deadlock", "40P01")), "503 after 10"),
                entry(new PersistenceException(new SQLException("time-out", "57014")), "503 after 10"),
                entry(new PersistenceException(new SQLException("disk full", "HY000", 90031)), "503 after 10"),
                entry(new PersistenceException(new SQLException("syntax", "42601")), "500"),
                entry(new PersistenceException(new SQLException("unique", "23505")), "500"),
                entry(new CommitFailedException(new RollbackException()), "503 after 10"),
                entry(new CommitFailedException(new SQLException("unique", "23505")), "500"),
                entry(new CommitFailedException(new OptimisticLockException()), "409"),
                entry(new SQLException("no connection", new ResourceAllocationException()), "503 after 10"),
                entry(new ConstraintViolationException(Set.of()), "500"),
                entry(new IOException("disk"), "500"),
                entry(new StackOverflowError(), "500"),
                entry(new NullPointerException(), "500"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureHasItsAnswer(Map.Entry<Throwable, String> failure) {
        assertThat(answer(failure.getKey())).isEqualTo(failure.getValue());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatOnlyCarriesAFailureChangesNothing(Map.Entry<Throwable, String> failure) {
        Throwable carried = new ServletException(
                new CompletionException(new TransactionalException("rolled back", failure.getKey())));
        assertThat(answer(carried)).isEqualTo(failure.getValue());
    }

    private static String answer(Throwable failure) {
        Problem problem = ProblemTable.problemOf(failure);
        String after = problem.headers().get("Retry-After");
        return problem.status() + (after == null ? "" : " after " + after);
    }

    @Nested
    class Details {

        @Test
        void aDefectTellsNoInternals() {
            Problem problem = ProblemTable.problemOf(new IllegalStateException("jdbc:postgresql://db/secret"));
            assertThat(problem.detail()).doesNotContain("jdbc");
        }

        @ParameterizedTest
        @ValueSource(strings = {"08006", "08007", "40003", "57P01", "XX000"})
        void aCommitThatFailedIsUnknown(String state) {
            assertThat(typeOf(new SQLException("failed", state))).isEqualTo(ProblemType.OUTCOME_UNKNOWN.uri());
        }

        @ParameterizedTest
        @ValueSource(strings = {"40000", "40001", "40002", "40P01", "53100", "53300", "25006", "57014"})
        void aCommitThatTheDatabaseRefusedIsNot(String state) {
            assertThat(typeOf(new SQLException("refused", state))).isEqualTo(ProblemType.DATABASE_UNAVAILABLE.uri());
        }

        @Test
        void aCommitOfWhichTheServerDoesNotTellTheCauseIsUnknown() {
            assertThat(typeOf(new RollbackException())).isEqualTo(ProblemType.OUTCOME_UNKNOWN.uri());
        }

        private static String typeOf(Exception cause) {
            return ProblemTable.problemOf(new CommitFailedException(cause)).type();
        }

        @Test
        void theStoresWordsStayInside() {
            Problem problem = ProblemTable.problemOf(new StoreRefusedException("bucket reports, key x/y/z"));
            assertThat(problem.detail()).doesNotContain("bucket reports");
        }

        @Test
        void invalidInputTellsEveryReason() {
            List<FieldError> errors =
                    List.of(new FieldError("year", "Too far."), new FieldError("quarter", "Not one."));
            Problem problem = ProblemTable.problemOf(ProblemException.invalid(errors));
            assertThat(problem.errors()).isEqualTo(errors);
            assertThat(problem.status()).isEqualTo(400);
        }

        @Test
        void retryAfterIsRoundedUp() {
            ProblemException busy =
                    ProblemException.retryLater(ProblemType.BUSY, "Busy.", Duration.ofMillis(1001), new IOException());
            assertThat(answer(busy)).isEqualTo("503 after 2");
        }
    }

    @Nested
    class StatusesOfOthers {

        @Test
        void knownStatusGetsItsType() {
            assertThat(StatusProblem.of(404).type()).isEqualTo(ProblemType.NOT_FOUND.uri());
            assertThat(StatusProblem.of(503).type()).isEqualTo(ProblemType.BUSY.uri());
        }

        @Test
        void otherStatusKeepsItsNumber() {
            Problem problem = StatusProblem.of(417);
            assertThat(problem.status()).isEqualTo(417);
            assertThat(problem.type()).isEqualTo("about:blank");
            assertThat(problem.title()).isEqualTo("Expectation Failed");
            assertThat(StatusProblem.of(499).title()).isEqualTo("Request failed");
        }

        @Test
        void everyDetailIsASentence() {
            Arrays.stream(ProblemType.values())
                    .forEach(type ->
                            assertThat(StatusProblem.of(type.status()).detail()).endsWith("."));
        }
    }
}
