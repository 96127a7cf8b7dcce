package io.reportfiles.web.problem;

import io.reportfiles.persistence.CommitFailedException;
import io.reportfiles.persistence.DatabaseAway;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectTooLargeException;
import io.reportfiles.storage.ObjectTruncatedException;
import io.reportfiles.storage.StoreBusyException;
import io.reportfiles.storage.StoreRefusedException;
import io.reportfiles.storage.StoreUnavailableException;
import jakarta.persistence.OptimisticLockException;
import jakarta.servlet.ServletException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionalException;
import jakarta.validation.ConstraintViolationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/** From failure to problem, in one place. A failure not listed is a defect and answers 500. */
final class ProblemTable {

    /** A failure with the answer it gets, unless it says more about itself than its class does. */
    record Row(ProblemType type, String detail, Optional<Duration> retryAfter) {}

    private static final Duration STORE_AWAY = Duration.ofSeconds(10);
    private static final Duration STORE_REFUSES = Duration.ofMinutes(1); // somebody has to change something first
    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final Duration DATABASE_AWAY = Duration.ofSeconds(10);

    private static final String UNREADABLE = "The stored file can't be read as it was submitted. Tell the operator.";

    private static final Map<Class<? extends Throwable>, Row> ROWS = rows();

    /** What only carries another failure. */
    private static final Set<Class<? extends Throwable>> WRAPPERS = Set.of(
            ServletException.class,
            TransactionalException.class,
            RollbackException.class,
            CompletionException.class,
            ExecutionException.class);

    private ProblemTable() {}

    private static Map<Class<? extends Throwable>, Row> rows() {
        Map<Class<? extends Throwable>, Row> rows = new LinkedHashMap<>();
        rows.put(ObjectMissingException.class, row(ProblemType.GONE, "The stored file is no longer there."));
        rows.put(ObjectChangedException.class, row(ProblemType.BAD_GATEWAY, UNREADABLE));
        rows.put(
                ObjectTruncatedException.class,
                row(
                        ProblemType.STORAGE_UNAVAILABLE,
                        "The file storage broke off its answer. Try again soon.",
                        STORE_AWAY));
        rows.put(
                ObjectTooLargeException.class,
                row(ProblemType.CONTENT_TOO_LARGE, "The file is larger than what is accepted."));
        rows.put(
                StoreUnavailableException.class,
                row(ProblemType.STORAGE_UNAVAILABLE, "The file storage does not answer. Try again soon.", STORE_AWAY));
        rows.put(
                StoreRefusedException.class,
                row(ProblemType.STORAGE_UNAVAILABLE, "The file storage can't be used at present.", STORE_REFUSES));
        rows.put(
                StoreBusyException.class,
                row(ProblemType.BUSY, "Too many transfers are under way. Try again soon.", BUSY));
        rows.put(
                RejectedExecutionException.class,
                row(ProblemType.BUSY, "Too many requests are under way. Try again soon.", BUSY));
        rows.put(
                OptimisticLockException.class,
                row(ProblemType.CONFLICT, "Somebody else changed this at the same time. Load it again."));
        return rows;
    }

    private static Row row(ProblemType type, String detail) {
        return new Row(type, detail, Optional.empty());
    }

    private static Row row(ProblemType type, String detail, Duration retryAfter) {
        return new Row(type, detail, Optional.of(retryAfter));
    }

    /** The answer to {@code failure}, or to what it carries. */
    static Problem problemOf(Throwable failure) {
        Throwable bare = unwrap(failure);
        if (bare instanceof ProblemException problem) {
            return problemOf(problem);
        }
        if (bare instanceof ConstraintViolationException violations && !ViolatedInput.isOurs(violations)) {
            return problemOf(ProblemException.invalid(ViolatedInput.errors(violations)));
        }
        return find(bare).map(ProblemTable::problemOf).orElseGet(() -> unlisted(bare));
    }

    private static Problem problemOf(ProblemException failure) {
        Problem problem = problemOf(new Row(failure.type(), failure.getMessage(), failure.retryAfter()));
        Map<String, String> headers = new HashMap<>(problem.headers());
        headers.putAll(failure.headers());
        return problem.withErrors(failure.errors()).withHeaders(headers);
    }

    private static Problem problemOf(Row row) {
        Problem problem = Problem.of(row.type(), row.detail());
        return row.retryAfter()
                .map(time -> problem.withHeaders(Map.of("Retry-After", Long.toString(wholeSeconds(time)))))
                .orElse(problem);
    }

    private static Problem unlisted(Throwable failure) {
        if (failure instanceof CommitFailedException commit && commit.isOutcomeUnknown()) {
            return problemOf(row(
                    ProblemType.OUTCOME_UNKNOWN,
                    "The answer of the database was lost, so it is not known whether this was done. Look before you send"
                            + " it again.",
                    DATABASE_AWAY));
        }
        return DatabaseAway.isCauseOf(failure)
                ? problemOf(row(
                        ProblemType.DATABASE_UNAVAILABLE,
                        "The database does not answer. Try again soon.",
                        DATABASE_AWAY))
                : Problem.of(
                        ProblemType.INTERNAL_ERROR,
                        "Something went wrong on our side. The operator finds it in the log by the request's id.");
    }

    private static Optional<Row> find(Throwable failure) {
        return ROWS.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(failure))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable bare = failure;
        while (bare.getCause() != null && isWrapper(bare)) {
            bare = bare.getCause();
        }
        return bare;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof CommitFailedException commit
                ? !commit.isOutcomeUnknown()
                : WRAPPERS.stream().anyMatch(failure.getClass()::equals);
    }

    // Rounded up: a client that comes back a moment too early would only be sent away again.
    private static long wholeSeconds(Duration time) {
        return time.plusNanos(999_999_999).toSeconds();
    }
}
