package io.reportfiles.bench;

import io.reportfiles.dev.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What uploads cost: how fast they are, in one request and by the tus protocol, beside the SDK's own to the same server,
 * and how much heap a number of them at once takes.
 */
public final class UploadsBenchmark {

    private static final double MEBIBYTE = 1 << 20;

    private final LoadGenerator load;
    private final Origin origin;
    private final BenchServer server;
    private final Product product;
    private final long bytes;

    private UploadsBenchmark(LoadGenerator load, Origin origin, BenchServer server, Product product, long bytes) {
        this.load = load;
        this.origin = origin;
        this.server = server;
        this.product = product;
        this.bytes = bytes;
    }

    /**
     * Starts everything, measures and prints.
     *
     * @param given build directory, {@code server-config/payara}, size of each file in MiB, rounds, how many at once
     *     (separated by commas), {@code reportfiles.submission.buffer-budget}, options for the JVM of Payara Micro
     */
    public static void main(String[] given) throws Exception {
        String[] arguments = Arguments.orUsual(given, "256", "3", "1,8,32", "64MiB", "-Xmx512m");
        Path build = Path.of(arguments[0]).toAbsolutePath();
        Path directory = build.resolve("bench");
        Trees.delete(directory);
        Files.createDirectories(directory);
        long bytes = Long.parseLong(arguments[2]) << 20;
        int[] numbers =
                Stream.of(arguments[4].split(",")).mapToInt(Integer::parseInt).toArray();
        try (Origin origin = Origin.start(directory.resolve("origin"));
                LoadGenerator load = LoadGenerator.start(System.getProperty("java.class.path"))) {
            Map<String, String> settings = new HashMap<>(Product.settings(origin.uri(), directory));
            settings.put("REPORTFILES_SUBMISSION_BUFFER_BUDGET", arguments[5]);
            try (BenchServer server = BenchServer.start(
                    build,
                    Path.of(arguments[1]).toAbsolutePath(),
                    build.resolve("report-files.war"),
                    directory.resolve("product"),
                    settings,
                    arguments[6])) {
                server.await("health/ready");
                Product product = Product.prepare(server.uri());
                System.out.printf("%d MiB each, %s for buffers, %s%n", bytes >> 20, arguments[5], arguments[6]);
                new UploadsBenchmark(load, origin, server, product, bytes).run(Integer.parseInt(arguments[3]), numbers);
            }
        }
    }

    /** A way to submit. */
    private interface Form {
        LoadGenerator.Submissions submit(int count) throws IOException;
    }

    private void run(int rounds, int[] numbers) throws IOException {
        Map<String, Form> forms = Map.of("raw body", this::raw, "tus", this::tus);
        raw(2);
        tus(2); // compilers and connections
        double[] direct = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            direct[round] = rate(1, load.put(origin.uri(), "direct", bytes));
            origin.objects().removeAll();
        }
        System.out.printf("%-10s %8s %10s %10s %24s%n", "", "at once", "MiB/s", "refused", "MiB of heap, collected");
        System.out.printf("%-10s %8d %10.0f%n", "SDK direct", 1, median(direct));
        for (String name : forms.keySet().stream().sorted().toList()) {
            for (int number : numbers) {
                measure(name, forms.get(name), number, rounds);
            }
        }
    }

    private void measure(String name, Form form, int number, int rounds) throws IOException {
        double[] rates = new double[rounds];
        int refusals = 0;
        long begin = server.collected();
        for (int round = 0; round < rounds; round++) {
            LoadGenerator.Submissions done = form.submit(number);
            rates[round] = rate(number, done.nanos());
            refusals += done.refusals();
            origin.objects().removeAll();
        }
        BenchServer.Heap heap = server.heapSince(begin);
        System.out.printf(
                "%-10s %8d %10.0f %10d %13d %10d%n",
                name, number, median(rates), refusals, heap.before(), heap.after());
    }

    private LoadGenerator.Submissions raw(int count) throws IOException {
        return load.submit(product.submission(), product.authorization(), bytes, count);
    }

    private LoadGenerator.Submissions tus(int count) throws IOException {
        return load.resumable(product.submission(), product.authorization(), bytes, count);
    }

    private double rate(int count, long nanos) {
        return count * bytes / MEBIBYTE * 1e9 / nanos;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
