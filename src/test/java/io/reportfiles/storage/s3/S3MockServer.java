package io.reportfiles.storage.s3;

import io.reportfiles.dev.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adobe's S3Mock in a JVM of its own, for its class path is that of a Spring application. The build writes that class path
 * to a file before the integration tests.
 */
final class S3MockServer implements AutoCloseable {

    private static final Path CLASS_PATH = Path.of("target", "s3-servers.classpath");
    private static final Pattern STARTED = Pattern.compile("Tomcat started on ports? .*?(\\d+) \\(http\\)");

    private final Process process;
    private final URI endpoint;

    private S3MockServer(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Starts it on a free port; what it stores below {@code directory} goes with it. */
    static S3MockServer start(Path directory) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1", // it does not live long enough for more
                        "-cp",
                        Files.readString(CLASS_PATH),
                        "com.adobe.testing.s3mock.S3MockApplication",
                        "--com.adobe.testing.s3mock.http-port=0",
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.store.root=" + directory)
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            said.append(line).append('\n');
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                drain(log);
                return new S3MockServer(process, URI.create("http://127.0.0.1:" + started.group(1)));
            }
        }
        throw new IOException("S3Mock did not start:\n" + said);
    }

    private static void drain(BufferedReader log) {
        Thread reader = new Thread(
                () -> {
                    try {
                        log.transferTo(Writer.nullWriter());
                    } catch (IOException closed) {
                        // the server is being stopped
                    }
                },
                "s3mock-log");
        reader.setDaemon(true);
        reader.start();
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        ServerProcess.stop(process);
    }
}
