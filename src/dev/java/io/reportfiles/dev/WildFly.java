package io.reportfiles.dev;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** A stock WildFly, unpacked from its distribution, to which {@code server-config/wildfly} is applied as an operator does. */
public final class WildFly {
    private static final long CONFIGURE_SECONDS = 180;

    private final Path home;

    /** @param home what the distribution was unpacked to, unused or used before by this class */
    public WildFly(Path home) {
        this.home = home;
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
        Trees.delete(home.resolve("modules/org/postgresql"));
        copy(home.resolve("standalone"), serverDirectory);
        Files.copy(postgresDriver, serverDirectory.resolve("postgresql.jar"), StandardCopyOption.REPLACE_EXISTING);
        Path output = serverDirectory.resolve("configure.log");
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djboss.server.base.dir=" + serverDirectory.toAbsolutePath(),
                        "-jar",
                        home.resolve("jboss-modules.jar").toAbsolutePath().toString(),
                        "-mp",
                        home.resolve("modules").toAbsolutePath().toString(),
                        "org.jboss.as.cli",
                        "--file=" + script.toAbsolutePath())
                .directory(serverDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        command.environment().put("JBOSS_HOME", home.toAbsolutePath().toString());
        Process cli = command.start();
        if (!cli.waitFor(CONFIGURE_SECONDS, TimeUnit.SECONDS)) {
            cli.destroyForcibly();
            throw new IOException("WildFly was not configured within " + CONFIGURE_SECONDS + " s: " + output);
        }
        if (cli.exitValue() != 0) {
            throw new IOException("WildFly could not be configured: " + output);
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
