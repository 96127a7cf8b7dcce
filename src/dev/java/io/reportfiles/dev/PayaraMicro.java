package io.reportfiles.dev;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Payara Micro in a child process, with the files of {@code server-config/payara} and a WAR at {@code /}. It ends with
 * this process, whatever ends that. Whoever starts it closes it.
 */
public final class PayaraMicro implements AutoCloseable {
    private static final Pattern STARTED = Pattern.compile("Payara Micro .* ready in ");

    private final Process process;
    private final Path console;

    /**
     * What to start.
     *
     * @param jar              the stock Payara Micro
     * @param libraries        jars the server needs besides, such as a JDBC driver
     * @param configuration    {@code server-config/payara}
     * @param war              the application
     * @param port             where it serves HTTP, on all addresses
     * @param directory        where the server keeps what it unpacks and its temporary files; replaced at each start
     * @param console          the file that gets what the server writes to its console
     */
    public record Plan(
            Path jar, List<Path> libraries, Path configuration, Path war, int port, Path directory, Path console) {}

    private PayaraMicro(Process process, Path console) {
        this.process = process;
        this.console = console;
    }

    /** Starts the process and does not wait for the application. {@code environment} goes over this process's own. */
    public static PayaraMicro start(Plan plan, Map<String, String> environment) throws IOException {
        Trees.delete(plan.directory());
        Path temporary = Files.createDirectories(plan.directory().resolve("tmp"));
        Path root = Files.createDirectories(plan.directory().resolve("war")).resolve("ROOT.war");
        Files.copy(plan.war(), root);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(openedModules(plan.jar()));
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                launcher(plan.directory().resolve("launcher")) + System.getProperty("path.separator") + plan.jar(),
                Attached.class.getName(),
                "fish.payara.micro.PayaraMicro",
                "--nocluster",
                "--nohazelcast",
                "--disablephonehome",
                "--port",
                Integer.toString(plan.port()),
                "--rootdir",
                plan.directory().resolve("root").toString(),
                "--prebootcommandfile",
                plan.configuration().resolve("pre-boot.txt").toString(),
                "--postbootcommandfile",
                plan.configuration().resolve("post-boot.txt").toString(),
                "--logproperties",
                plan.configuration().resolve("logging.properties").toString(),
                "--deploy",
                root.toString()));
        if (!plan.libraries().isEmpty()) {
            command.addAll(List.of(
                    "--addlibs",
                    String.join(
                            ":", plan.libraries().stream().map(Path::toString).toList())));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(plan.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(plan.console().toFile());
        builder.environment().putAll(environment);
        return new PayaraMicro(builder.start(), plan.console());
    }

    /** What the jar asks for in its manifest; the JVM reads that only when the jar itself is what it runs. */
    private static List<String> openedModules(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes manifest = file.getManifest().getMainAttributes();
            List<String> options = new ArrayList<>();
            for (String option : List.of("Add-Exports", "Add-Opens")) {
                for (String opened : manifest.getValue(option).split(" ")) {
                    options.add("--" + option.toLowerCase(Locale.ROOT));
                    options.add(opened + "=ALL-UNNAMED");
                }
            }
            return options;
        }
    }

    /** A directory with {@link Attached} alone, so that the server sees none of the other classes here. */
    private static Path launcher(Path directory) throws IOException {
        String name = Attached.class.getName().replace('.', '/') + ".class";
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream content = Attached.class.getResourceAsStream("/" + name)) {
            Files.copy(content, file);
        }
        return directory;
    }

    /** The server's process, to look at. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether the server says it has started, which it does even if it could not deploy the application. */
    public boolean hasStarted() throws IOException {
        try (Stream<String> lines = Files.lines(console)) {
            return lines.anyMatch(line -> STARTED.matcher(line).find());
        }
    }

    /**
     * Waits until an address of the server answers with 200, however long that takes.
     *
     * @throws IOException if the server ends before
     */
    public void awaitAnswer(URI address) throws IOException, InterruptedException {
        while (!answers(address)) {
            if (!isAlive()) {
                throw new IOException("Payara Micro has ended; see " + console);
            }
            Thread.sleep(200);
        }
    }

    private static boolean answers(URI address) {
        try {
            return ((HttpURLConnection) address.toURL().openConnection()).getResponseCode() == 200;
        } catch (IOException e) { // nothing listens yet
            return false;
        }
    }

    /** Waits until the server has ended, by itself or by {@link #close()}. */
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** Ends the server by SIGKILL, in the middle of whatever it does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks the server to stop, by SIGTERM, and waits for nothing. */
    public void terminate() {
        ServerProcess.terminate(process);
    }

    /** Asks the server to stop and waits; ends it by force if that takes longer than 40 s. */
    @Override
    public void close() {
        ServerProcess.stop(process);
    }
}
