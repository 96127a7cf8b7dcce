package io.reportfiles.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The load generator, in a process of its own: does what it reads from its standard input, one command a line, and
 * writes one line for each. Connections are kept alive; each has a thread that blocks.
 *
 * <pre>
 * each URL AUTHORIZATION CONNECTIONS             one request on each connection at once  → bytes requests nanoseconds
 * loop URL AUTHORIZATION CONNECTIONS MILLIS      as many as come                         → bytes requests nanoseconds
 * first URL AUTHORIZATION TIMES                  up to the first byte of the body        → median in nanoseconds
 * post URL AUTHORIZATION BYTES                   a body of so many bytes                 → nanoseconds
 * put URL KEY BYTES                              the same by the SDK                     → nanoseconds
 * submit URL AUTHORIZATION BYTES COUNT           so many such bodies at once, again while the answer is 503
 *                                                                                        → nanoseconds refusals
 * resumable URL AUTHORIZATION BYTES COUNT        the same by the tus protocol            → nanoseconds refusals
 * </pre>
 */
final class Load {

    private Load() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
        PrintStream answers = System.out;
        answers.println("ready");
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            try {
                answers.println(run(words));
            } catch (IOException | ExecutionException e) {
                answers.println("failed " + e);
            }
            answers.flush();
        }
    }

    private static String run(String[] words) throws IOException, InterruptedException, ExecutionException {
        URI uri = URI.create(words[1]);
        String authorization = words[2];
        return switch (words[0]) {
            case "each" -> all(uri, authorization, Integer.parseInt(words[3]), 0);
            case "loop" -> all(uri, authorization, Integer.parseInt(words[3]), Long.parseLong(words[4]));
            case "first" -> Long.toString(medianFirstByte(uri, authorization, Integer.parseInt(words[3])));
            case "post" -> Long.toString(LoadUpload.post(uri, authorization, Long.parseLong(words[3])));
            case "put" -> Long.toString(LoadUpload.put(uri, words[2], Long.parseLong(words[3])));
            case "submit", "resumable" -> submissions(words, uri, authorization);
            default -> throw new IOException("what is " + words[0]);
        };
    }

    private static String submissions(String[] words, URI uri, String authorization)
            throws InterruptedException, ExecutionException {
        long bytes = Long.parseLong(words[3]);
        int count = Integer.parseInt(words[4]);
        AtomicInteger refusals = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            Callable<Boolean> one = () -> {
                PatientUpload upload = new PatientUpload(authorization, bytes, refusals);
                if (words[0].equals("submit")) {
                    upload.submit(uri);
                } else {
                    upload.resumable(uri);
                }
                return true;
            };
            long begin = System.nanoTime();
            for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(count, one))) {
                done.get();
            }
            return "%d %d".formatted(System.nanoTime() - begin, refusals.get());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Bytes and requests on one connection. */
    private record Count(long bytes, long requests) {}

    private static String all(URI uri, String authorization, int connections, long millis)
            throws IOException, InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        List<LoadConnection> opened = new ArrayList<>();
        try {
            List<Callable<Count>> work = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                LoadConnection connection = new LoadConnection(uri, authorization);
                opened.add(connection);
                work.add(() -> repeat(connection, millis));
            }
            long begin = System.nanoTime();
            long bytes = 0;
            long requests = 0;
            for (Future<Count> done : threads.invokeAll(work)) {
                bytes += done.get().bytes();
                requests += done.get().requests();
            }
            return "%d %d %d".formatted(bytes, requests, System.nanoTime() - begin);
        } finally {
            threads.shutdownNow();
            for (LoadConnection connection : opened) {
                connection.close();
            }
        }
    }

    private static Count repeat(LoadConnection connection, long millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000;
        long bytes = 0;
        long requests = 0;
        do {
            bytes += connection.get();
            requests++;
        } while (System.nanoTime() < end);
        return new Count(bytes, requests);
    }

    /** Each time on a new connection that was opened before, since nobody waits for the rest of the body. */
    private static long medianFirstByte(URI uri, String authorization, int times)
            throws IOException, InterruptedException {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            try (LoadConnection connection = new LoadConnection(uri, authorization)) {
                Thread.sleep(20); // what the last one left under way is over by then
                long begin = System.nanoTime();
                connection.awaitFirstByte();
                nanos[i] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(nanos);
        return nanos[times / 2];
    }
}
