package io.reportfiles.ledger.running;

import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transfers that are under way on this node, for those who want to watch them or end one. Whoever carries one out
 * enters it and takes it out; nothing of it is kept elsewhere. Thread-safe.
 */
@ApplicationScoped
public class RunningTransfers {

    private static final Comparator<RunningTransfer> OLDEST_FIRST =
            Comparator.comparing(RunningTransfer::startedAt).thenComparing(RunningTransfer::id);

    private final Map<UUID, RunningTransfer> running = new ConcurrentHashMap<>();

    /** Enters a transfer that begins. */
    public void enter(RunningTransfer transfer) {
        running.put(transfer.id(), transfer);
    }

    /** Takes one out that is over; another that has its id since then, having taken over its upload, stays. */
    public void leave(RunningTransfer transfer) {
        running.remove(transfer.id(), transfer);
    }

    /** How many are under way. */
    public int count() {
        return running.size();
    }

    /** The submissions among them. */
    public List<RunningTransfer> submissions() {
        return running.values().stream()
                .filter(transfer -> transfer.kind() == RunningTransfer.Kind.UPLOAD)
                .toList();
    }

    /** Breaks off all that are under way. */
    public void breakOffAll(BreakOff reason) {
        running.values().forEach(transfer -> transfer.breakOff().accept(reason));
    }

    /** One that is under way. */
    public Optional<RunningTransfer> find(UUID id) {
        return Optional.ofNullable(running.get(id));
    }

    /** A page of all, the oldest first. */
    public Page<RunningTransfer> list(PageRequest page) {
        List<RunningTransfer> all = List.copyOf(running.values());
        return Page.of(
                all.stream()
                        .sorted(OLDEST_FIRST)
                        .skip(page.offset())
                        .limit(page.size())
                        .toList(),
                page,
                all.size());
    }
}
