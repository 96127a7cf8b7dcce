package io.reportfiles.bench;

import io.reportfiles.dev.FreePort;
import io.reportfiles.dev.PayaraMicro;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Payara Micro as it is configured for the application, with one WAR. */
final class BenchServer implements Closeable {

    private static final Pattern COLLECTED = Pattern.compile(" (\\d+)M->(\\d+)M\\(\\d+M\\)");

    private final PayaraMicro server;
    private final URI uri;
    private final Path collections;

    private BenchServer(PayaraMicro server, URI uri, Path collections) {
        this.server = server;
        this.uri = uri;
        this.collections = collections;
    }

    /**
     * Starts it and does not wait.
     *
     * @param build Maven's build directory
     * @param directory of its own; what it logs stays there
     */
    static BenchServer start(
            Path build, Path configuration, Path war, Path directory, Map<String, String> environment, String options)
            throws IOException {
        Files.createDirectories(directory);
        int port = FreePort.find();
        Path collections = directory.resolve("gc.log");
        Map<String, String> all = new HashMap<>(environment);
        // All compiler threads stay: the processor time of those that end would be missing from their sum.
        all.put(
                "JAVA_TOOL_OPTIONS",
                "-Xlog:gc:file=%s -XX:-UseDynamicNumberOfCompilerThreads %s".formatted(collections, options));
        PayaraMicro server = PayaraMicro.start(
                new PayaraMicro.Plan(
                        build.resolve("servers/payara-micro.jar"),
                        List.of(),
                        configuration,
                        war,
                        port,
                        directory.resolve("server"),
                        directory.resolve("server.log")),
                all);
        return new BenchServer(server, URI.create("http://127.0.0.1:" + port + "/"), collections);
    }

    URI uri() {
        return uri;
    }

    ProcessHandle process() {
        return server.process();
    }

    /** Waits until a path answers with 200. */
    void await(String path) throws IOException, InterruptedException {
        server.awaitAnswer(uri.resolve(path));
    }

    /** The most that was on the heap when a collection began, in MiB. */
    double peakHeapMebibytes() throws IOException {
        return heapSince(0).before();
    }

    /** Where the log of collections ends now. */
    long collected() throws IOException {
        return Files.size(collections);
    }

    /**
     * What was on the heap at most since then.
     *
     * @param before before a collection, in MiB: with what nobody needs any more
     * @param after after one; both 0 when there was none
     */
    record Heap(long before, long after) {}

    /** The most that was on the heap since the log ended at {@code position}. */
    Heap heapSince(long position) throws IOException {
        String log = Files.readString(collections).substring((int) position);
        Matcher collected = COLLECTED.matcher(log);
        long before = 0;
        long after = 0;
        while (collected.find()) {
            before = Math.max(before, Long.parseLong(collected.group(1)));
            after = Math.max(after, Long.parseLong(collected.group(2)));
        }
        return new Heap(before, after);
    }

    @Override
    public void close() {
        server.close();
    }
}
