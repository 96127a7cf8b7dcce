package io.reportfiles.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program of the machine's that a test needs. Where it is missing and Debian's {@code apt-get} may be used, it is
 * installed: builds run on throw-away machines.
 *
 * @param purpose what needs it, as the subject of a sentence
 * @param debianPackage where Debian has it
 * @param property system property that names another place of it
 * @param places where it may be
 */
public record InstalledProgram(String purpose, String debianPackage, String property, List<String> places) {

    private static final Path APT_GET = Path.of("/usr/bin/apt-get");

    /** Held while installing: apt-get refuses a second one at a time, and the build's forks may want one each. */
    private static final Path LOCK = Path.of("target/apt-get.lock");

    /**
     * The program's path.
     *
     * @throws IllegalStateException if it is not there and could not be installed; the message says what to do
     */
    public Path require() throws IOException, InterruptedException {
        Optional<Path> found = find();
        if (found.isEmpty() && Files.isExecutable(APT_GET)) {
            installUnlessThere();
            found = find();
        }
        return found.orElseThrow(() -> new IllegalStateException(
                "%s needs a program that is in none of the places %s. Install it (Debian: apt-get install %s) or name one with -D%s=PATH."
                        .formatted(purpose, places, debianPackage, property)));
    }

    private Optional<Path> find() {
        return Optional.ofNullable(System.getProperty(property)).map(List::of).orElse(places).stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void installUnlessThere() throws IOException, InterruptedException {
        try (FileChannel file = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.lock(); // until it is closed
            if (find().isEmpty() && !aptGet("install", debianPackage)) {
                aptGet("update"); // the lists of packages may be missing, or too old
                aptGet("install", debianPackage);
            }
        }
    }

    private static boolean aptGet(String command, String... packages) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(APT_GET.toString(), command, "--yes", "--quiet")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.command().addAll(List.of(packages));
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroy();
            return false;
        }
        return process.exitValue() == 0;
    }
}
