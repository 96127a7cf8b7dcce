package io.reportfiles.bench;

import io.reportfiles.dev.FaultProxy;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.dev.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One download from an origin that limits each connection, by a server that reads ahead and by one that does not, one
 * after the other and in turn: what matters is the ratio.
 */
public final class ReadAheadBenchmark {

    private static final LocalS3.Credentials CREDENTIALS =
            new LocalS3.Credentials(BenchS3.ACCESS_KEY, BenchS3.SECRET_KEY);
    private static final double MEBIBYTE = 1 << 20;

    private final Path build;
    private final Path configuration;
    private final Path directory;
    private final FaultProxy origin;
    private final LoadGenerator load;
    private final int rounds;

    private ReadAheadBenchmark(String[] arguments, Path directory, FaultProxy origin, LoadGenerator load) {
        this.build = Path.of(arguments[0]).toAbsolutePath();
        this.configuration = Path.of(arguments[1]).toAbsolutePath();
        this.directory = directory;
        this.origin = origin;
        this.load = load;
        this.rounds = Integer.parseInt(arguments[3]);
    }

    /**
     * Starts S3 and Payara Micro, measures and prints.
     *
     * @param given build directory, {@code server-config/payara}, size of the file in MiB, number of rounds, and
     *     optionally the connections of one download and MB/s of one connection
     */
    public static void main(String[] given) throws Exception {
        String[] arguments = Arguments.orUsual(given, "512", "3", "8", "50");
        long bytes = Long.parseLong(arguments[2]) << 20;
        int connections = Integer.parseInt(arguments[4]);
        long bytesPerSecond = Long.parseLong(arguments[5]) * 1_000_000;
        Path directory = Path.of(arguments[0]).toAbsolutePath().resolve("bench-read-ahead");
        Trees.delete(directory);
        Files.createDirectories(directory);
        System.out.printf(
                "%d MiB from an origin of %d MB/s a connection%n%-14s%10s%n",
                bytes >> 20, bytesPerSecond / 1_000_000, "connections", "MiB/s");
        try (LocalS3 s3 = LocalS3.start(directory.resolve("s3"), 0, CREDENTIALS);
                FaultProxy origin = FaultProxy.before(s3.endpoint());
                LoadGenerator load = LoadGenerator.start(System.getProperty("java.class.path"))) {
            new ReadAheadBenchmark(arguments, directory, origin, load).run(bytes, connections, bytesPerSecond);
        } finally {
            Trees.delete(directory);
        }
    }

    private void run(long bytes, int connections, long bytesPerSecond) throws IOException, InterruptedException {
        Product product;
        URI file;
        double alone;
        try (BenchServer server = start(1)) {
            product = Product.prepare(server.uri());
            load.post(product.submission(), product.authorization(), bytes);
            file = product.lastFile();
            origin.set(new Fault.Throttle(bytesPerSecond));
            alone = best(1, file, product.authorization());
        }
        try (BenchServer server = start(connections)) {
            double ahead = best(connections, server.uri().resolve(file.getPath()), product.authorization());
            System.out.printf("ratio of the best: %.2f%n", ahead / alone);
        }
    }

    private BenchServer start(int connections) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(Product.settings(origin.endpoint(), directory));
        settings.put("REPORTFILES_S3_CREATE_BUCKET", "true");
        settings.put("REPORTFILES_DOWNLOAD_READ_AHEAD", Integer.toString(connections));
        BenchServer server = BenchServer.start(
                build, configuration, build.resolve("report-files.war"), directory.resolve("product"), settings, "");
        server.await("health/ready");
        return server;
    }

    /** MiB a second in the best round. */
    private double best(int connections, URI file, String authorization) throws IOException {
        double best = 0;
        for (int round = 0; round < rounds; round++) {
            double rate = load.each(file, authorization, 1).bytesPerSecond() / MEBIBYTE;
            System.out.printf("%-14d%10.0f%n", connections, rate);
            best = Math.max(best, rate);
        }
        return best;
    }
}
