package io.reportfiles.crash;

import io.reportfiles.config.TestSettings;
import io.reportfiles.dev.LocalPostgres;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.dev.Trees;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.reconcile.DirectReconciler;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.s3.OpenStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Kills what submits files, hundreds of times, with SIGKILL at random instants, over a real PostgreSQL and s3proxy which
 * live on; then has the reconciler run once and looks whether the promises hold: what was acknowledged is there, and
 * bucket and database agree.
 */
public final class CrashCampaign {

    private static final int SIDE_BY_SIDE = 4;

    private final PrintStream console;
    private final Surroundings surroundings;
    private final TestDatabase database;
    private final OpenStore store;
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    private CrashCampaign(PrintStream console, Surroundings surroundings, TestDatabase database, OpenStore store) {
        this.console = console;
        this.surroundings = surroundings;
        this.database = database;
        this.store = store;
    }

    /**
     * Runs the campaign and prints its figures; fails if a promise was broken.
     *
     * @param arguments build directory, {@code server-config/payara}, kills of the submitting process, kills of the server
     */
    public static void main(String[] arguments) throws Exception {
        Path build = Path.of(arguments[0]).toAbsolutePath();
        Path directory = build.resolve("crash");
        Trees.delete(directory);
        Files.createDirectories(directory);
        try (LocalPostgres postgres = LocalPostgres.start(directory.resolve("postgres"));
                LocalS3 s3 = LocalS3.start(directory.resolve("s3"), 0, Surroundings.CREDENTIALS)) {
            Surroundings surroundings = new Surroundings(postgres.jdbcUrl(), postgres.user(), s3.endpoint());
            try (TestDatabase database = TestDatabase.at(surroundings.jdbcUrl(), surroundings.user());
                    OpenStore store = new OpenStore(surroundings.settings())) {
                CrashCampaign campaign = new CrashCampaign(System.out, surroundings, database, store);
                campaign.prepare();
                ServerKills servers = new ServerKills(
                        surroundings, build, Path.of(arguments[1]).toAbsolutePath(), directory);
                campaign.run(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), servers);
            }
        }
        Trees.delete(directory);
    }

    private void prepare() throws Exception {
        store.createBucket();
        database.migrate();
        database.execute("insert into organisation (code, name, type, row_version) values ('%s', 'Crash', 'state', 1)"
                .formatted(Surroundings.ORGANISATION));
        database.execute("insert into section (code, title, max_bytes, row_version) values ('%s', 'Crash', %d, 1)"
                .formatted(Surroundings.SECTION, 1L << 30));
        database.execute("insert into section_extension values ('%s', 'csv')".formatted(Surroundings.SECTION));
    }

    private void run(int processKills, int serverKills, ServerKills servers) throws Exception {
        long start = System.nanoTime();
        servers.run(serverKills, acknowledged); // first, since a server makes its administrator in an empty table only
        int byServer = acknowledged.size();
        console.printf("%d kills of the server: %d files acknowledged, %s%n", serverKills, byServer, since(start));
        database.execute("insert into account (id, name, display_name, state, created_at, row_version)"
                + " values ('%s', 'crash', 'Crash', 'ACTIVE', current_timestamp, 1)"
                        .formatted(Surroundings.SUBMITTER.accountId()));
        killProcesses(processKills);
        console.printf(
                "%d kills of the submitting process: %d files acknowledged, %s%n",
                processKills, acknowledged.size() - byServer, since(start));
        Inspection before = Inspection.of(database, store);
        print("at the last kill", before);
        Thread.sleep(TestSettings.submissions(surroundings.settings())
                .lease()
                .plusSeconds(2)
                .toMillis());
        reconcile(true);
        Inspection untouched = Inspection.of(database, store);
        DirectReconciler.Result result = reconcile(false);
        Inspection after = Inspection.of(database, store);
        print("after reconciling", after);
        List<String> broken = new ArrayList<>();
        if (acknowledged.isEmpty()) {
            broken.add("nothing was acknowledged, so nothing was shown");
        }
        if (!result.state().equals("FINISHED")) {
            broken.add("the reconciler failed");
        }
        if (!untouched.equals(before)) {
            broken.add("the dry run changed something");
        }
        if (!after.isClean()) {
            broken.add("bucket and database do not agree");
        }
        Set<String> lost = new TreeSet<>(acknowledged.keySet());
        lost.removeIf(id -> after.published().containsKey(id)
                && acknowledged.get(id).equals(after.published().get(id).sha256()));
        List<String> notDownloaded = serverKills == 0 ? read(after.published()) : servers.download(after.published());
        console.printf(
                "acknowledged %d, lost %d; visible %d, of which %d were committed and killed before they could be"
                        + " acknowledged; downloaded with another digest or not at all %d%n",
                acknowledged.size(),
                lost.size(),
                after.published().size(),
                after.published().size() - acknowledged.size() + lost.size(),
                notDownloaded.size());
        if (!lost.isEmpty() || !notDownloaded.isEmpty()) {
            broken.add("lost: %s, not downloaded: %s".formatted(lost, notDownloaded));
        }
        if (!broken.isEmpty()) {
            throw new IllegalStateException(String.join("; ", broken));
        }
        console.printf("every promise holds, after %s%n", since(start));
    }

    /** Reads everything from the store; returns the ids of what did not come with its digest. */
    private List<String> read(Map<String, Inspection.Published> files) throws IOException, NoSuchAlgorithmException {
        List<String> lost = new ArrayList<>();
        for (Map.Entry<String, Inspection.Published> file : files.entrySet()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (file.getValue().size() > 0) {
                try (ObjectContent content = store.store()
                        .open(
                                file.getValue().object(),
                                ByteRange.whole(file.getValue().size()))) {
                    digest.update(content.readAllBytes());
                }
            }
            if (!HexFormat.of()
                    .formatHex(digest.digest())
                    .equals(file.getValue().sha256())) {
                lost.add(file.getKey());
            }
        }
        return lost;
    }

    private void killProcesses(int kills) throws InterruptedException, ExecutionException {
        ProcessKills killing = new ProcessKills(surroundings, kills, acknowledged);
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            int done = 0;
            List<Callable<Integer>> parts = Collections.nCopies(SIDE_BY_SIDE, killing::run);
            for (Future<Integer> part : threads.invokeAll(parts)) {
                done += part.get();
            }
            if (done != kills) {
                throw new IllegalStateException("%d kills of %d".formatted(done, kills));
            }
        } finally {
            threads.shutdown();
        }
    }

    private DirectReconciler.Result reconcile(boolean dryRun) {
        DirectReconciler.Result result = new DirectReconciler(
                        database.entities(),
                        database.transactions(),
                        store.store(),
                        store.inventory(),
                        TestSettings.reconciliation(surroundings.settings()),
                        TestSettings.submissions(surroundings.settings()),
                        Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS)))
                .run(dryRun);
        console.printf("%s: %s, %s%n", dryRun ? "dry run" : "reconciled", result.state(), result.counts());
        return result;
    }

    private void print(String when, Inspection inspection) {
        console.printf(
                "%s: %d visible files, %d orphans, %d missing objects, %d unfinished uploads, %d rows RECEIVING%n",
                when,
                inspection.published().size(),
                inspection.orphans(),
                inspection.missing(),
                inspection.uploads(),
                inspection.receiving());
    }

    private static String since(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s";
    }
}
