package io.reportfiles.server;

import io.reportfiles.dev.FreePort;
import io.reportfiles.dev.ServerProcess;
import io.reportfiles.dev.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real identity provider: Keycloak in a child process, in its development mode, with the realm of
 * {@code keycloak-realm.json}. Whoever starts it closes it.
 */
public final class Keycloak implements AutoCloseable {

    /** Of everybody in the realm. */
    public static final String PASSWORD = "a password kept by Keycloak";

    static final String SECRET = "a-secret-that-keycloak-knows";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private final Process process;
    private final URI address;
    private final Path console;

    private Keycloak(Process process, URI address, Path console) {
        this.process = process;
        this.address = address;
        this.console = console;
    }

    /**
     * Starts the process and does not wait until it can be used.
     *
     * @param home what the distribution was unpacked to; its data is replaced
     * @param application where the application is going to be, with a slash at the end
     * @param console the file that gets what it writes
     */
    static Keycloak start(Path home, URI application, Path console) throws IOException {
        Trees.delete(home.resolve("data"));
        Path imports = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(imports.resolve("reports-realm.json"), realm(application));
        Path script = home.resolve("bin/kc.sh"); // unpacked without the right to be executed
        int port = FreePort.find();
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/bash",
                        script.toAbsolutePath().toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        return new Keycloak(builder.start(), URI.create("http://127.0.0.1:" + port), console);
    }

    private static String realm(URI application) throws IOException {
        try (InputStream realm = Keycloak.class.getResourceAsStream("/keycloak-realm.json")) {
            return new String(realm.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{application}", application.toString())
                    .replace("{secret}", SECRET)
                    .replace("{password}", PASSWORD);
        }
    }

    public URI issuer() {
        return address.resolve("/realms/reports");
    }

    /** Waits until people can sign in. */
    public void awaitReady() throws InterruptedException {
        long start = System.nanoTime();
        while (!describesItself()) {
            if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("Keycloak does not start, see " + console);
            }
            Thread.sleep(200);
        }
    }

    private boolean describesItself() {
        try {
            URI description = URI.create(issuer() + "/.well-known/openid-configuration");
            return ((HttpURLConnection) description.toURL().openConnection()).getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        ServerProcess.stop(process);
    }
}
