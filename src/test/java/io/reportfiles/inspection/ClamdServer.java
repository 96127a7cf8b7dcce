package io.reportfiles.inspection;

import io.reportfiles.server.InstalledProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The machine's own clamd with a signature database of this class's making, which knows {@link #EICAR} and nothing else:
 * the public one is not downloaded.
 */
final class ClamdServer implements AutoCloseable {

    /** The harmless text that scanners agree to call malware; in pieces, so that this file is none. */
    static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-" + "TEST-FILE!$H+H*";

    static final int STREAM_LIMIT = 1 << 20;

    private static final InstalledProgram CLAMD = new InstalledProgram(
            "The test of the malware scan",
            "clamav-daemon",
            "reportfiles.it.clamd",
            List.of("/usr/sbin/clamd", "/usr/local/sbin/clamd", "/opt/homebrew/sbin/clamd"));

    private final Process process;
    private final Path socket;

    private ClamdServer(Process process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    /** Starts a server that keeps its files in {@code directory} and listens there and on {@code port}. */
    static ClamdServer start(Path directory, int port) throws IOException, InterruptedException {
        Path executable = CLAMD.require();
        Path database = Files.createDirectory(directory.resolve("database"));
        Files.writeString(
                database.resolve("test.ndb"),
                "Eicar-Test-Signature:0:*:" + HexFormat.of().formatHex(EICAR.getBytes(StandardCharsets.US_ASCII))
                        + "\n");
        Path socket = directory.resolve("clamd.socket");
        Path configuration = Files.writeString(
                directory.resolve("clamd.conf"), """
                Foreground yes
                DatabaseDirectory %s
                TemporaryDirectory %s
                LocalSocket %s
                TCPAddr 127.0.0.1
                TCPSocket %d
                StreamMaxLength %d
                """.formatted(database, directory, socket, port, STREAM_LIMIT));
        ProcessBuilder builder = new ProcessBuilder(executable.toString(), "--config-file=" + configuration)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("clamd.log").toFile());
        ClamdServer server = new ClamdServer(builder.start(), socket);
        server.awaitSocket(directory.resolve("clamd.log"));
        return server;
    }

    Path socket() {
        return socket;
    }

    private void awaitSocket(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(socket)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("clamd does not start: " + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
