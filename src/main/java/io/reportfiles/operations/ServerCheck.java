package io.reportfiles.operations;

import io.reportfiles.operations.StorageCheckResource.FindingJson;
import io.reportfiles.storage.StoreFinding.Verdict;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What of the application server's limits stands in the way of large files. */
public enum ServerCheck {
    /** How long a request may take. */
    SERVER_TIME_LIMIT,
    /** How large a request may be. */
    SERVER_BODY_LIMIT,
    /** How many requests are worked on at once. */
    SERVER_THREADS;

    /** Fewer are used up by senders alone. */
    private static final int ENOUGH_THREADS = 100;

    /** A finding for each check, about all listeners together. */
    static List<FindingJson> judge(List<ServerListener> listeners) {
        if (listeners.isEmpty()) {
            return List.of(unknown(SERVER_TIME_LIMIT), unknown(SERVER_BODY_LIMIT), unknown(SERVER_THREADS));
        }
        return List.of(
                SERVER_TIME_LIMIT.judge(
                        listeners,
                        listener -> listener.requestLimit()
                                .map(limit -> "%s ends a request after %s.".formatted(listener.name(), limit))
                                .orElse(""),
                        "No listener ends a request because it takes long."),
                SERVER_BODY_LIMIT.judge(
                        listeners,
                        listener -> listener.bodyLimit()
                                .map(limit ->
                                        "%s refuses requests of more than %d bytes.".formatted(listener.name(), limit))
                                .orElse(""),
                        "No listener limits the size of requests."),
                judgeThreads(listeners));
    }

    private static FindingJson judgeThreads(List<ServerListener> listeners) {
        FindingJson judged = SERVER_THREADS.judge(
                listeners,
                listener -> listener.threads()
                        .filter(threads -> threads < ENOUGH_THREADS)
                        .map(threads -> "%s works on %d requests at once.".formatted(listener.name(), threads))
                        .orElse(""),
                "Listeners work on %d requests or more at once.".formatted(ENOUGH_THREADS));
        boolean silent =
                listeners.stream().anyMatch(listener -> listener.threads().isEmpty());
        return silent && judged.verdict().equals(Verdict.GOOD.name()) ? unknown(SERVER_THREADS) : judged;
    }

    private FindingJson judge(List<ServerListener> listeners, Function<ServerListener, String> fault, String good) {
        String faults =
                listeners.stream().map(fault).filter(found -> !found.isEmpty()).collect(Collectors.joining(" "));
        return faults.isEmpty() ? finding(this, Verdict.GOOD, good) : finding(this, Verdict.ADVISABLE, faults);
    }

    private static FindingJson unknown(ServerCheck check) {
        return finding(check, Verdict.UNKNOWN, "The server does not tell.");
    }

    private static FindingJson finding(ServerCheck check, Verdict verdict, String found) {
        return new FindingJson(check.name(), verdict.name(), found);
    }
}
