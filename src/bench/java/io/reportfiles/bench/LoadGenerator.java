package io.reportfiles.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;

/** The process that {@link Load} runs in. For one thread. */
final class LoadGenerator implements Closeable {

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    private LoadGenerator(Process process) {
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true, US_ASCII);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII));
    }

    /** What came in how long. */
    record Transfer(long bytes, long requests, long nanos) {

        double bytesPerSecond() {
            return bytes * 1e9 / nanos;
        }

        double requestsPerSecond() {
            return requests * 1e9 / nanos;
        }
    }

    static LoadGenerator start(String classPath) throws IOException {
        LoadGenerator generator = new LoadGenerator(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        Load.class.getName())
                .redirectError(Redirect.INHERIT)
                .start());
        if (!"ready".equals(generator.answers.readLine())) {
            throw new IOException("the load generator does not start");
        }
        return generator;
    }

    /** One request on each of so many connections at once. */
    Transfer each(URI uri, String authorization, int connections) throws IOException {
        return transfer("each %s %s %d".formatted(uri, authorization, connections));
    }

    /** As many requests as so many connections get through in the time. */
    Transfer loop(URI uri, String authorization, int connections, long millis) throws IOException {
        return transfer("loop %s %s %d %d".formatted(uri, authorization, connections, millis));
    }

    /** Nanoseconds up to the first byte of the body, the median of so many times. */
    long firstByte(URI uri, String authorization, int times) throws IOException {
        return Long.parseLong(ask("first %s %s %d".formatted(uri, authorization, times)));
    }

    /** Nanoseconds it takes to post so many bytes. */
    long post(URI uri, String authorization, long bytes) throws IOException {
        return Long.parseLong(ask("post %s %s %d".formatted(uri, authorization, bytes)));
    }

    /** Nanoseconds the SDK takes to put so many bytes. */
    long put(URI endpoint, String key, long bytes) throws IOException {
        return Long.parseLong(ask("put %s %s %d".formatted(endpoint, key, bytes)));
    }

    /** So many submissions of so many bytes each at once, in one request or in several. */
    Submissions submit(URI uri, String authorization, long bytes, int count) throws IOException {
        return submissions("submit %s %s %d %d".formatted(uri, authorization, bytes, count));
    }

    /** The same by the tus protocol. */
    Submissions resumable(URI uri, String authorization, long bytes, int count) throws IOException {
        return submissions("resumable %s %s %d %d".formatted(uri, authorization, bytes, count));
    }

    /**
     * Submissions that were made.
     *
     * @param refusals how often one had to be sent again, having been answered 503
     */
    record Submissions(long nanos, int refusals) {}

    private Submissions submissions(String command) throws IOException {
        String[] numbers = ask(command).split(" ");
        return new Submissions(Long.parseLong(numbers[0]), Integer.parseInt(numbers[1]));
    }

    private Transfer transfer(String command) throws IOException {
        String[] numbers = ask(command).split(" ");
        return new Transfer(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    private String ask(String command) throws IOException {
        commands.println(command);
        String answer = answers.readLine();
        if (answer == null || answer.startsWith("failed")) {
            throw new IOException("%s: %s".formatted(command.replaceFirst("Bearer_\\S+", "Bearer"), answer));
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
