package io.reportfiles.bench;

import io.reportfiles.dev.Trees;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Thousands of slow readers of a 16 MiB file, or readers who take nothing at all, and one healthy reader of a 4 KiB file
 * beside them; the server has a heap of 512 MiB. It makes a network of its own for it where it may, see {@link Namespaces}.
 */
public final class SlowReadersBenchmark {

    private static final String HEAP = "-Xmx512m";

    private final PrintStream console = System.out;
    private final Path build;
    private final Path configuration;
    private final List<Run> runs;
    private final int seconds;
    private final Optional<String> readersNamespace;

    /** So many readers at so many bytes a second each; 0 means that they stand still. */
    private record Run(int readers, int rate) {

        static Run parse(String text) {
            String[] parts = text.split("x", 2);
            return new Run(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
    }

    private SlowReadersBenchmark(String[] arguments, Optional<String> readersNamespace) {
        this.build = Path.of(arguments[0]).toAbsolutePath();
        this.configuration = Path.of(arguments[1]).toAbsolutePath();
        this.runs = List.of(arguments[2].split(",")).stream().map(Run::parse).toList();
        this.seconds = Integer.parseInt(arguments[3]);
        this.readersNamespace = readersNamespace;
    }

    /**
     * Measures and prints.
     *
     * @param given build directory; {@code server-config/payara}; runs as {@code READERSxRATE} with commas between;
     *     seconds to look at the readers in each. The benchmark itself adds the namespace of the readers when it starts
     *     again within that of the server.
     */
    public static void main(String[] given) throws Exception {
        String[] arguments = Arguments.orUsual(given, "500x16384,5000x16384,5000x0", "30");
        if (arguments.length > 4) {
            new SlowReadersBenchmark(arguments, Optional.of(arguments[4])).run();
        } else if (Namespaces.arePossible()) {
            try (Namespaces network = Namespaces.create()) {
                System.out.println(
                        "Across a virtual Ethernet: packets of 1,500 bytes, send buffers of at most 256 KiB.");
                List<String> again = java(SlowReadersBenchmark.class, List.of(arguments));
                again.add(network.readers());
                Process process =
                        new ProcessBuilder(network.onServer(again)).inheritIO().start();
                Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
                process.waitFor();
            }
        } else {
            System.out.println(
                    "On the loopback device, since no network namespace can be made (that takes Linux, root and"
                            + " `ip`): the kernel keeps megabytes for each reader, and its limit for all connections may be what is"
                            + " measured.");
            new SlowReadersBenchmark(arguments, Optional.empty()).run();
        }
    }

    private static List<String> java(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return command;
    }

    private void run() throws Exception {
        Path directory = build.resolve("slow-readers");
        for (Run run : runs) {
            console.printf(
                    "%n%d readers %s of a 16 MiB file, server with %s%n",
                    run.readers, run.rate == 0 ? "who take nothing" : "at " + run.rate + " bytes a second", HEAP);
            Trees.delete(directory);
            Files.createDirectories(directory);
            measure(run, directory);
        }
        Trees.delete(directory);
    }

    private void measure(Run run, Path directory) throws Exception {
        try (Origin origin = Origin.start(directory.resolve("origin"));
                BenchServer server = BenchServer.start(
                        build,
                        configuration,
                        build.resolve("report-files.war"),
                        directory.resolve("product"),
                        Product.settings(origin.uri(), directory),
                        HEAP)) {
            server.await("health/ready");
            Product product = Product.prepare(server.uri());
            URI large = product.submit(16 << 20);
            URI small = product.submit(4 << 10);
            ServerWatch watch =
                    new ServerWatch(server.process().pid(), origin.uri().getPort());
            Process readers = startReaders(run, large, small, product.authorization());
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(readers.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    switch (line) {
                        case "begin" -> watch.begin();
                        case "end" -> console.println(watch.end());
                        default -> console.println(line);
                    }
                }
            } finally {
                watch.close();
                readers.destroy();
            }
        }
    }

    private Process startReaders(Run run, URI large, URI small, String authorization) throws IOException {
        String host = readersNamespace.isPresent() ? Namespaces.SERVER_ADDRESS : "127.0.0.1";
        List<String> command = java(
                SlowReaders.class,
                List.of(
                        host,
                        Integer.toString(large.getPort()),
                        large.getPath(),
                        small.getPath(),
                        authorization,
                        Integer.toString(run.readers),
                        Integer.toString(run.rate),
                        Integer.toString(seconds)));
        return new ProcessBuilder(readersNamespace
                        .map(namespace -> Namespaces.in(namespace, command))
                        .orElse(command))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
