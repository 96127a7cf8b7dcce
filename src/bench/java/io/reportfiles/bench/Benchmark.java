package io.reportfiles.bench;

import io.reportfiles.bench.Scenario.File;
import io.reportfiles.dev.Trees;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The application beside its peers, before the same origin: transfers from the origin itself, nginx as a reverse proxy, a
 * naive servlet. Everything is started here, contenders take turns round by round, and what counts are the ratios of
 * medians within one run.
 */
public final class Benchmark implements Closeable {

    private static final String UPLOAD = "upload";
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    private final Options options;
    private final Path directory;
    private final Deque<Closeable> running = new ArrayDeque<>();
    private final Results results = new Results();

    /**
     * What to do.
     *
     * @param build Maven's build directory
     * @param configuration {@code server-config/payara}
     * @param largeBytes size of the large file
     * @param rounds how often everything is measured
     * @param scenarios what is measured, empty for all
     * @param serverOptions options for the JVMs of both Payara Micros
     */
    private record Options(
            Path build, Path configuration, long largeBytes, int rounds, List<String> scenarios, String serverOptions) {

        static Options of(String[] given) {
            String[] arguments = Arguments.orUsual(given, "1024", "3", "all", "-Xmx512m");
            return new Options(
                    Path.of(arguments[0]).toAbsolutePath(),
                    Path.of(arguments[1]).toAbsolutePath(),
                    Long.parseLong(arguments[2]) << 20,
                    Integer.parseInt(arguments[3]),
                    List.of(arguments[4].split(",")),
                    arguments[5]);
        }

        boolean wants(String scenario) {
            return scenarios.contains("all") || scenarios.contains(scenario);
        }
    }

    private Benchmark(Options options) {
        this.options = options;
        this.directory = options.build().resolve("bench");
    }

    /**
     * Starts everything, measures and prints.
     *
     * @param arguments build directory, {@code server-config/payara}, size of the large file in MiB, rounds, scenarios
     *     separated by commas or {@code all}, options for the JVMs of both Payara Micros
     */
    public static void main(String[] arguments) throws Exception {
        try (Benchmark benchmark = new Benchmark(Options.of(arguments))) {
            benchmark.run();
        }
    }

    private void run() throws IOException, InterruptedException {
        Trees.delete(directory);
        Files.createDirectories(directory);
        Origin origin = keep(Origin.start(directory.resolve("origin")));
        Path war = options.build().resolve("report-files.war");
        BenchServer naive = keep(BenchServer.start(
                options.build(),
                options.configuration(),
                NaiveWar.write(war, directory.resolve("naive.war")),
                directory.resolve("naive"),
                Map.of(NaiveServlet.ENDPOINT, origin.uri().toString()),
                options.serverOptions()));
        BenchServer server = keep(BenchServer.start(
                options.build(),
                options.configuration(),
                war,
                directory.resolve("product"),
                Product.settings(origin.uri(), directory),
                options.serverOptions()));
        Optional<Nginx> nginx = Nginx.start(origin.uri(), directory.resolve("nginx"));
        nginx.ifPresent(this::keep);
        LoadGenerator load = keep(LoadGenerator.start(System.getProperty("java.class.path")));
        server.await("health/ready");
        Product product = Product.prepare(server.uri());

        Map<File, String> paths = new EnumMap<>(File.class);
        Map<File, URI> links = new EnumMap<>(File.class);
        for (File file : File.values()) {
            load.post(product.submission(), product.authorization(), bytesOf(file));
            paths.put(file, origin.objects().lastPath());
            links.put(file, product.lastFile());
        }
        naive.await(below(paths.get(File.SMALL), "/" + BenchS3.BUCKET + "/"));

        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender("direct", resolve(origin.uri(), paths), "-", Optional.empty()));
        nginx.ifPresent(proxy -> {
            Optional<ProcessHandle> process = Optional.of(proxy.process());
            contenders.add(new Contender("nginx", resolve(proxy.buffered(), paths), "-", process));
            contenders.add(new Contender("nginx unbuffered", resolve(proxy.unbuffered(), paths), "-", process));
        });
        Map<File, String> keys = new EnumMap<>(File.class);
        paths.forEach((file, path) -> keys.put(file, below(path, "/" + BenchS3.BUCKET)));
        contenders.add(new Contender(
                "from memory",
                Map.of(File.SMALL, naive.uri().resolve("from-memory")),
                "-",
                Optional.of(naive.process())));
        Contender blocking =
                new Contender("naive servlet", resolve(naive.uri(), keys), "-", Optional.of(naive.process()));
        contenders.add(blocking);
        Contender ours = new Contender("Report Files", links, product.authorization(), Optional.of(server.process()));
        contenders.add(ours);

        for (int round = 0; round <= options.rounds(); round++) {
            System.out.printf("round %d of %d%s%n", round, options.rounds(), round == 0 ? ": warm-up" : "");
            for (Scenario scenario : Scenario.values()) {
                if (options.wants(scenario.option())) {
                    for (Contender contender : contenders) {
                        if (scenario.suits(contender)) {
                            if (round == 0) {
                                scenario.warmUp(load, contender, results, Benchmark::awaitQuiet);
                            } else {
                                awaitQuiet();
                                scenario.run(load, contender, results);
                            }
                        }
                    }
                }
            }
            if (options.wants(UPLOAD)) {
                upload(load, origin, product, contenders.get(0), ours);
            }
            if (round == 0) {
                System.out.println(results.table(contenders));
                results.clear();
            }
        }
        for (Map.Entry<Contender, BenchServer> entry :
                Map.of(ours, server, blocking, naive).entrySet()) {
            results.note(
                    Measure.RESIDENT,
                    entry.getKey(),
                    ProcessUse.peakResidentMebibytes(entry.getValue().process()));
            results.note(Measure.HEAP, entry.getKey(), entry.getValue().peakHeapMebibytes());
        }
        nginx.ifPresent(proxy ->
                results.note(Measure.RESIDENT, contenders.get(1), ProcessUse.peakResidentMebibytes(proxy.process())));
        System.out.printf(
                "%nMedians of %d rounds; rates as part of the direct transfer's. Large: %d MiB.%s%n%n%s%n%n%s%n",
                options.rounds(),
                options.largeBytes() >> 20,
                nginx.isPresent() ? "" : " nginx is not installed: its columns are left out.",
                results.table(contenders),
                Target.report(results));
    }

    /**
     * What a contender leaves under way must not be the next one's burden: some go on reading for seconds what nobody
     * wants any more. All of them are children of this process.
     */
    private static void awaitQuiet() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_REST.toNanos();
        double before;
        double after = ProcessUse.cpuSeconds(ProcessHandle.current());
        do {
            before = after;
            Thread.sleep(200);
            after = ProcessUse.cpuSeconds(ProcessHandle.current());
        } while (after - before > 0.02 && System.nanoTime() < deadline);
    }

    private void upload(LoadGenerator load, Origin origin, Product product, Contender direct, Contender ours)
            throws IOException {
        long bytes = options.largeBytes();
        results.note(Measure.UPLOAD, direct, bytes * 1e9 / load.put(origin.uri(), "direct", bytes));
        origin.objects().remove(origin.objects().lastPath());
        results.note(
                Measure.UPLOAD, ours, bytes * 1e9 / load.post(product.submission(), product.authorization(), bytes));
        origin.objects().remove(origin.objects().lastPath());
    }

    private long bytesOf(File file) {
        return switch (file) {
            case LARGE -> options.largeBytes();
            case QUARTER -> options.largeBytes() / 4;
            case MEDIUM -> 1 << 20;
            case SMALL -> 4 << 10;
        };
    }

    private static Map<File, URI> resolve(URI base, Map<File, String> paths) {
        Map<File, URI> uris = new LinkedHashMap<>();
        paths.forEach((file, path) -> uris.put(file, base.resolve(path)));
        return uris;
    }

    private static String below(String path, String prefix) {
        return path.substring(prefix.length());
    }

    private <T extends Closeable> T keep(T started) {
        running.push(started);
        return started;
    }

    @Override
    public void close() throws IOException {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }
}
