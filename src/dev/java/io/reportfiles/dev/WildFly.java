package io.reportfiles.dev;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A stock WildFly, to which {@code server-config/wildfly} is applied as an operator does. It has a home of its own, since
 * the script adds a module there: links to what was unpacked from the distribution, which stays as it is, so that several
 * servers can be made of it at the same time.
 */
public final class WildFly {
    private static final long CONFIGURE_SECONDS = 180;

    private final Path distribution;
    private final Path home;

    /**
     * A server that is not there yet.
     *
     * @param distribution what the distribution was unpacked to; it is only read
     * @param home         the {@code jboss.home.dir} to make; replaced if it exists
     */
    public WildFly(Path distribution, Path home) {
        this.distribution = distribution.toAbsolutePath();
        this.home = home.toAbsolutePath();
    }

    /**
     * Makes a new server directory with the stock configuration, and applies the script to it.
     *
     * @param serverDirectory the {@code jboss.server.base.dir} to make; emptied if it exists
     * @param script          the script of {@code server-config/wildfly}
     * @param postgresDriver  the driver's jar
     * @throws IOException if the script cannot be applied; the message says where its output is
     */
    public void configure(Path serverDirectory, Path script, Path postgresDriver)
            throws IOException, InterruptedException {
        Trees.delete(serverDirectory);
        makeHome();
        copy(distribution.resolve("standalone"), serverDirectory);
        Files.copy(postgresDriver, serverDirectory.resolve("postgresql.jar"), StandardCopyOption.REPLACE_EXISTING);
        Path output = serverDirectory.resolve("configure.log");
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djboss.server.base.dir=" + serverDirectory.toAbsolutePath(),
                        "-jar",
                        home.resolve("jboss-modules.jar").toString(),
                        "-mp",
                        home.resolve("modules").toString(),
                        "org.jboss.as.cli",
                        "--file=" + script.toAbsolutePath())
                .directory(serverDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        command.environment().put("JBOSS_HOME", home.toString());
        Process cli = command.start();
        if (!cli.waitFor(CONFIGURE_SECONDS, TimeUnit.SECONDS)) {
            cli.destroyForcibly();
            throw new IOException("WildFly was not configured within " + CONFIGURE_SECONDS + " s: " + output);
        }
        if (cli.exitValue() != 0) {
            throw new IOException("WildFly could not be configured: " + output);
        }
        keepSecretsOutOfTheLog(serverDirectory.resolve("configuration/logging.properties"));
    }

    /**
     * Starts what was configured, with one application. The caller ends the process.
     *
     * @param archive the WAR, deployed at {@code /report-files}
     * @param port of HTTP on the loopback address
     * @param environment variables besides the present ones
     * @param output what the server prints
     */
    public Process start(Path serverDirectory, Path archive, int port, Map<String, String> environment, Path output)
            throws IOException {
        Files.copy(
                archive, serverDirectory.resolve("deployments/report-files.war"), StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djboss.home.dir=" + home,
                        "-Djboss.server.base.dir=" + serverDirectory.toAbsolutePath(),
                        "-Djboss.http.port=" + port,
                        "-Djboss.https.port=" + FreePort.find(),
                        "-Djboss.management.http.port=" + FreePort.find(),
                        "-Djava.net.preferIPv4Stack=true",
                        "-jar",
                        home.resolve("jboss-modules.jar").toString(),
                        "-mp",
                        home.resolve("modules").toString(),
                        "org.jboss.as.standalone",
                        "--server-config=standalone-microprofile.xml")
                .directory(serverDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        command.environment().put("JBOSS_HOME", home.toString());
        command.environment().putAll(environment);
        return command.start();
    }

    /** Of the first start, as the manual tells operators to: what the script says of the log holds after it. */
    private static void keepSecretsOutOfTheLog(Path logging) throws IOException {
        String stock = Files.readString(logging);
        String careful =
                stock.replace("logger.org.jboss.as.config.level=DEBUG", "logger.org.jboss.as.config.level=INFO");
        if (careful.equals(stock)) {
            throw new IOException("WildFly would write its environment into the log: " + logging);
        }
        Files.writeString(logging, careful);
    }

    /** Modules are added beside those of the distribution. */
    private void makeHome() throws IOException {
        Trees.delete(home);
        Files.createDirectories(home.resolve("modules"));
        Files.createSymbolicLink(home.resolve("modules/system"), distribution.resolve("modules/system"));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(distribution)) {
            for (Path entry : entries) {
                if (!entry.endsWith("modules")) {
                    Files.createSymbolicLink(home.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
