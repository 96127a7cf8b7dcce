package io.reportfiles.dev;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What {@code mvn -Prun} does once the WAR is built: a local S3, H2 in a file and Payara Micro with the WAR at {@code /},
 * in the foreground until Ctrl-C. What the environment says in {@code REPORTFILES_*} wins over what this class would set.
 */
public final class RunCommand implements AutoCloseable {
    private static final String ADMIN_PASSWORD = "REPORTFILES_ADMIN_PASSWORD";
    private static final String S3_ENDPOINT = "REPORTFILES_S3_ENDPOINT";
    private static final String ACCESS_KEY = "REPORTFILES_S3_ACCESS_KEY";
    private static final String SECRET_KEY = "REPORTFILES_S3_SECRET_KEY";

    private static final long POLL_MILLIS = 500;
    private static final long PATIENCE_POLLS = 60;

    /** Kept, since the JDK forgets the level of a logger that nobody holds. What its libraries have to say is not the user's. */
    private static final Logger ROOT = Logger.getLogger("");

    private final PrintStream console;
    private final Map<String, String> environment;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private volatile boolean stopping;

    private RunCommand(PrintStream console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /**
     * Runs until the process is told to end.
     *
     * @param arguments port, data directory, build directory, {@code server-config/payara}
     */
    public static void main(String[] arguments) throws InterruptedException {
        ROOT.setLevel(Level.WARNING);
        RunCommand command = new RunCommand(System.out, System.getenv());
        Runtime.getRuntime().addShutdownHook(new Thread(command::close, "stop"));
        try {
            command.run(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
        } catch (RunFailure e) {
            command.fail(e.getMessage());
        } catch (IOException e) {
            command.fail("Report Files can not be started: " + e);
        }
    }

    @SuppressWarnings("SystemExitOutsideMain") // Maven, whose process this is, would go on and praise the build
    private void fail(String sentence) {
        if (!stopping) { // what ends then was told to
            console.println(sentence);
            System.exit(1);
        }
    }

    private void run(String wantedPort, Path data, Path build, Path configuration)
            throws IOException, InterruptedException {
        int port = freePort(wantedPort);
        RunDirectory directory = keep(RunDirectory.hold(data));
        Map<String, String> settings = settings(directory);
        Path log = directory.resolve("server.log");
        PayaraMicro.Plan plan = new PayaraMicro.Plan(
                build.resolve("servers/payara-micro.jar"),
                List.of(build.resolve("servers/postgresql.jar")),
                configuration.toAbsolutePath(),
                build.resolve("report-files.war"),
                port,
                directory.resolve("server"),
                log);
        console.println("Starting Payara Micro on port " + port + "; its log is " + log);
        PayaraMicro server = keep(PayaraMicro.start(plan, settings));
        Application application = new Application(port);
        awaitReady(server, application, log);
        String password = settings.getOrDefault(ADMIN_PASSWORD, environment.getOrDefault(ADMIN_PASSWORD, ""));
        String samples = SampleData.load(application, password, directory);
        console.print(banner(application, password, samples, directory.path()));
        console.flush();
        server.waitFor();
        throw new RunFailure("Payara Micro has ended; the reason is in " + log + ".");
    }

    /** A server may take its time to start; an application that is not ready then waits for its database or for S3. */
    private void awaitReady(PayaraMicro server, Application application, Path log)
            throws IOException, InterruptedException {
        for (long polls = 0; !application.isReady(); ) {
            if (!server.isAlive()) {
                throw new RunFailure("Payara Micro ended before it served a request; the reason is in " + log + ".");
            }
            if (server.hasStarted() && ++polls == PATIENCE_POLLS) {
                console.println(
                        "Report Files runs, but is not ready; see " + application.uri() + "health/ready and " + log);
            }
            if (polls > 0 && !application.isDeployed()) {
                throw new RunFailure("Payara Micro could not deploy the application; the reason is in " + log + ".");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static int freePort(String wanted) {
        int port;
        try {
            port = Integer.parseInt(wanted);
        } catch (NumberFormatException e) {
            port = -1;
        }
        if (port < 1 || port > 65_535) {
            throw new RunFailure("-Dport=%s is not a port: a number from 1 to 65535 is.".formatted(wanted));
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return port;
        } catch (IOException e) {
            throw new RunFailure(
                    "Port %d can not be used (%s); choose another one with -Dport=…".formatted(port, e.getMessage()));
        }
    }

    /** What the server is told beyond what the environment tells it anyway. */
    private Map<String, String> settings(RunDirectory directory) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        if (!environment.containsKey(S3_ENDPOINT)) {
            LocalS3.Credentials credentials = new LocalS3.Credentials(
                    environment.getOrDefault(ACCESS_KEY, "report-files"),
                    environment.containsKey(SECRET_KEY) ? environment.get(SECRET_KEY) : directory.secret("s3-secret"));
            LocalS3 s3 = keep(LocalS3.start(directory.resolve("s3"), 0, credentials));
            settings.put(S3_ENDPOINT, s3.endpoint().toString());
            settings.put(ACCESS_KEY, credentials.accessKey());
            settings.put(SECRET_KEY, credentials.secretKey());
            settings.put("REPORTFILES_S3_REGION", "us-east-1");
            settings.put("REPORTFILES_S3_PATH_STYLE", "true");
            settings.put("REPORTFILES_S3_CREATE_BUCKET", "true");
        }
        settings.put("REPORTFILES_LEDGER_NODE", "run"); // whoever else ran with this directory has ended
        settings.put("REPORTFILES_DB_URL", "jdbc:h2:file:" + directory.resolve("database/reportfiles"));
        if (!environment.containsKey(ADMIN_PASSWORD)) {
            settings.put(ADMIN_PASSWORD, directory.secret("admin-password"));
        }
        settings.keySet().removeAll(environment.keySet());
        return settings;
    }

    private static String banner(Application application, String password, String samples, Path data) {
        String uri = application.uri().toString();
        String text = """

                ------------------------------------------------------------------------
                Report Files is ready at %1$s

                  Sign in       admin / %2$s
                                (of the first start with this data; what was changed since then holds)
                  Console       %1$sconsole/
                  Try           curl -u 'admin:%2$s' %1$sapi/report-files
                  Sample data   %3$s
                  Data kept in  %4$s (database, S3 objects, log)
                  Stop          Ctrl-C
                ------------------------------------------------------------------------
                """.formatted(uri, password, samples, data);
        return text.replace("\n", System.lineSeparator());
    }

    private synchronized <T extends AutoCloseable> T keep(T started) {
        running.push(started);
        return started;
    }

    /** Stops what was started, the last first. Runs when the process is told to end. */
    @Override
    public void close() {
        stopping = true;
        stopAll();
    }

    private synchronized void stopAll() {
        while (!running.isEmpty()) {
            AutoCloseable next = running.pop();
            try {
                next.close();
            } catch (Exception e) {
                console.println("Not stopped in good order: " + e);
            }
        }
    }
}
