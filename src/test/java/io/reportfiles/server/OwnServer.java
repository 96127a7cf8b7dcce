package io.reportfiles.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.FreePort;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.dev.PayaraMicro;
import io.reportfiles.dev.ServerProcess;
import io.reportfiles.dev.WildFly;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The application on a Payara Micro of a test's own, for what the shared ones can't be: configured otherwise, or killed.
 * Its database and its S3 server outlive a kill; {@link #start} starts another one over them.
 */
public final class OwnServer implements AutoCloseable {

    /** {@code Authorization} of the administrator. */
    public static final String ADMIN =
            "Basic " + Base64.getEncoder().encodeToString("admin:only-for-this-test".getBytes(UTF_8));

    private static final String BUCKET = "reports";
    private static final Path SERVERS = Path.of(System.getProperty("reportfiles.it.servers", "target/servers"));
    private static final Path WILDFLY = Path.of(System.getProperty("reportfiles.it.wildfly", "target/servers/wildfly"));
    private static final LocalS3.Credentials CREDENTIALS = new LocalS3.Credentials("access", "secret-of-a-test");

    private static final String JVM =
            "-Xmx256m -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions \"-XX:CompilerDirectivesFile=%s\" -XX:CompileCommand=quiet"
                    .formatted(ServerRun.COMPILERS.toAbsolutePath());

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = FreePort.find();
    private final Path directory;
    private final LocalS3 s3;
    private final Map<String, String> environment;
    private final Deployed.Product product;
    private Optional<Running> server = Optional.empty();
    private int starts;

    /** The process, whatever server it is of. */
    private record Running(BooleanSupplier isAlive, Runnable terminate, Ending kill, Ending end, Runnable close) {

        interface Ending {
            void await() throws InterruptedException;
        }

        static Running payara(PayaraMicro server) {
            return new Running(server::isAlive, server::terminate, server::kill, server::waitFor, server::close);
        }

        static Running wildFly(Process server) {
            return new Running(
                    server::isAlive,
                    () -> ServerProcess.terminate(server),
                    () -> server.destroyForcibly().waitFor(),
                    server::waitFor,
                    () -> ServerProcess.stop(server));
        }
    }

    private OwnServer(Deployed.Product product, Path directory, Map<String, String> environment) throws IOException {
        this.product = product;
        this.directory = directory;
        this.environment = environment;
        s3 = LocalS3.start(Files.createDirectory(directory.resolve("s3")), 0, CREDENTIALS);
    }

    /**
     * Prepares one; {@link #start} starts it.
     *
     * @param directory an empty one for all that it keeps
     * @param environment variables besides or instead of those that it needs
     */
    public static OwnServer in(Path directory, Map<String, String> environment) throws IOException {
        return new OwnServer(Deployed.Product.PAYARA, directory, environment);
    }

    /** As the other, on the server product of one's choice. */
    public static OwnServer on(Deployed.Product product, Path directory, Map<String, String> environment)
            throws IOException {
        return new OwnServer(product, directory, environment);
    }

    /** Starts the application and waits until it is ready. */
    public void start() throws IOException, InterruptedException {
        launch();
        await("health/ready", 200);
    }

    /** Starts the application and waits for nothing. */
    public void launch() throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "REPORTFILES_S3_ENDPOINT",
                s3.endpoint().toString(),
                "REPORTFILES_S3_REGION",
                "us-east-1",
                "REPORTFILES_S3_PATH_STYLE",
                "true",
                "REPORTFILES_S3_BUCKET",
                BUCKET,
                "REPORTFILES_S3_CREATE_BUCKET",
                "true",
                "REPORTFILES_S3_ACCESS_KEY",
                CREDENTIALS.accessKey(),
                "REPORTFILES_S3_SECRET_KEY",
                CREDENTIALS.secretKey(),
                "REPORTFILES_DB_URL",
                databaseUrl(),
                "REPORTFILES_ADMIN_PASSWORD",
                "only-for-this-test",
                "JDK_JAVA_OPTIONS",
                JVM));
        all.put("REPORTFILES_SHUTDOWN_GRACE", "1s");
        all.putAll(environment);
        starts++;
        server = Optional.of(
                product == Deployed.Product.PAYARA
                        ? Running.payara(startPayara(all))
                        : Running.wildFly(startWildFly(all)));
    }

    private PayaraMicro startPayara(Map<String, String> all) throws IOException {
        return PayaraMicro.start(
                new PayaraMicro.Plan(
                        SERVERS.resolve("payara-micro.jar"),
                        List.of(SERVERS.resolve("postgresql.jar").toAbsolutePath()),
                        Path.of("server-config/payara").toAbsolutePath(),
                        Path.of("target/report-files.war"),
                        port,
                        directory.resolve("server" + starts),
                        log()),
                all);
    }

    private Process startWildFly(Map<String, String> all) throws IOException {
        WildFly wildFly = new WildFly(WILDFLY, directory.resolve("wildfly" + starts));
        Path serverDirectory = directory.resolve("server" + starts);
        try {
            wildFly.configure(
                    serverDirectory, Path.of("server-config/wildfly/configure.cli"), SERVERS.resolve("postgresql.jar"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return wildFly.start(serverDirectory, Path.of("target/report-files-wildfly.war"), port, all, log());
    }

    /** What the server writes that was started last. */
    public Path log() {
        return directory.resolve("server%d.log".formatted(starts));
    }

    /** Kills it, as a crash would. */
    public void kill() throws InterruptedException {
        server.orElseThrow().kill().await();
    }

    /** Asks it to stop, by SIGTERM, and waits for nothing. */
    public void terminate() {
        server.orElseThrow().terminate().run();
    }

    /** Whether its process has not ended yet. */
    public boolean isAlive() {
        return server.orElseThrow().isAlive().getAsBoolean();
    }

    /** Waits until its process has ended. */
    public void awaitEnd() throws InterruptedException {
        server.orElseThrow().end().await();
    }

    /** Where its database is, once nobody has it open. */
    public String databaseUrl() {
        return "jdbc:h2:file:" + directory.resolve("database");
    }

    /** An address of the application. */
    public URI address(String path) {
        String root = product == Deployed.Product.PAYARA ? "/" : "/report-files/";
        return URI.create("http://127.0.0.1:" + port + root).resolve(path);
    }

    /** Where its objects are. */
    public Deployed.Bucket bucket() {
        return new Deployed.Bucket(s3.endpoint(), BUCKET, CREDENTIALS, directory.resolve("s3"));
    }

    /** The beginning of a request by the administrator. */
    public static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).header("Authorization", ADMIN).timeout(Duration.ofMinutes(1));
    }

    /** Sends it. */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString(UTF_8));
    }

    /** Creates something with the JSON API. */
    public void create(String list, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request(address("api/" + list))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    /** Waits until the administrator is answered with a status; the answer. */
    public HttpResponse<String> await(String path, int status) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (true) {
            assertThat(server.orElseThrow().isAlive().getAsBoolean()).isTrue();
            assertThat(System.nanoTime())
                    .as("%s never answered %d", path, status)
                    .isLessThan(deadline);
            try {
                HttpResponse<String> answer = send(request(address(path)));
                if (answer.statusCode() == status) {
                    return answer;
                }
            } catch (IOException notYet) {
                // nothing listens
            }
            Thread.sleep(200);
        }
    }

    @Override
    public void close() {
        try (s3) {
            server.ifPresent(running -> running.close().run());
        }
    }
}
