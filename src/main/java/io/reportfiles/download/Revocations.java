package io.reportfiles.download;

import io.reportfiles.access.AccessPolicy;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Callers;
import io.reportfiles.download.engine.DownloadEngine;
import io.reportfiles.download.engine.DownloadSubject;
import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.persistence.PeriodicTasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ends downloads whose readers have lost the permission since they began, whichever node took it away. While the database
 * is away nothing is known, and so nothing is ended.
 */
@ApplicationScoped
public class Revocations {

    private static final Logger LOG = System.getLogger(Revocations.class.getName());

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private PeriodicTasks tasks;
    private DownloadEngine engine;
    private Callers callers;

    /** For the client proxy. */
    protected Revocations() {}

    @Inject
    public Revocations(PeriodicTasks tasks, DownloadEngine engine, Callers callers) {
        this.tasks = tasks;
        this.engine = engine;
        this.callers = callers;
    }

    synchronized void start(@Observes DatabaseReady event) {
        if (!tasks.begun()) {
            tasks.every(INTERVAL, "looking for readers who may not read any more", this::endRevoked);
        }
    }

    /** Looks once at all downloads that are under way. */
    public void endRevoked() {
        Set<Caller> readers = engine.underWay().stream()
                .flatMap(download -> download.reader().stream())
                .collect(Collectors.toSet());
        if (readers.isEmpty()) {
            return;
        }
        Map<Caller, Caller> now = callers.now(readers);
        // One that began meanwhile was decided on what is no older than what was read here.
        engine.revoke(download -> download.reader().filter(readers::contains).isPresent() && !mayGoOn(download, now));
    }

    private static boolean mayGoOn(DownloadSubject download, Map<Caller, Caller> now) {
        Caller began = download.reader().orElseThrow();
        boolean may = Optional.ofNullable(now.get(began))
                .filter(caller -> download.owners().stream()
                        .allMatch(owner -> AccessPolicy.decide(caller, Action.DOWNLOAD, owner)
                                .isAllowed()))
                .isPresent();
        if (!may) {
            LOG.log(Level.DEBUG, () -> "%s: %s may not read any more".formatted(download, began.name()));
        }
        return may;
    }
}
