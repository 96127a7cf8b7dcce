package io.reportfiles.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.FaultProxy;
import io.reportfiles.dev.FreePort;
import io.reportfiles.dev.LocalPostgres;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.dev.Trees;
import io.reportfiles.dev.WildFly;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.arquillian.test.spi.TestRunnerAdaptor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptorBuilder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One run of the tests on one server: S3 behind a fault proxy, the database, and the server that Arquillian starts with
 * the WAR deployed. Everything starts with the first test class that wants it and ends with the last test.
 *
 * <p>JUnit runs the tests as it runs any others; Arquillian has the servers only. (Its own JUnit extension would go
 * between JUnit and each test method, nested and parameterised ones included, for nothing: no test runs in the server.)
 */
final class ServerRun implements AutoCloseable {
    /** Names the run: a {@code container} of {@code arquillian.xml}, set by the build for each run. */
    private static final String LAUNCH = "arquillian.launch";

    /** The run in which downloads read ahead, and everything else has to be the same. */
    private static final String READS_AHEAD = System.getProperty("reportfiles.it.reads-ahead", "payara-postgres");

    private static final Path WILDFLY = Path.of(System.getProperty("reportfiles.it.wildfly", "target/servers/wildfly"));
    private static final Path SERVERS = Path.of(System.getProperty("reportfiles.it.servers", "target/servers"));

    /** Which methods the servers' optimising compiler is for; arquillian.xml has the reason. */
    static final Path COMPILERS = Path.of("src/build/test-servers.json");

    /** Where Keycloak was unpacked to, in a run in which it is the identity provider. */
    private static final Optional<Path> KEYCLOAK =
            Optional.ofNullable(System.getProperty("reportfiles.it.keycloak")).map(Path::of);

    private static final String FORK = System.getProperty("reportfiles.it.fork", "1");
    private static final LocalS3.Credentials CREDENTIALS =
            new LocalS3.Credentials("reportfiles-access", "reportfiles-secret-of-the-tests");
    private static volatile Optional<ServerRun> current = Optional.empty();

    /** Why they did not start; every further class would wait for the same failure. */
    private static volatile Optional<Exception> failure = Optional.empty();

    private final Secrets secrets = new Secrets();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Deployed.Product product;
    private final boolean readsAhead;
    private final boolean publishesAssets; // to browsers on payara-h2; one set-up does without
    private final Path directory;
    private final Path s3Directory;
    private LocalS3 s3;
    private IdentityProvider identityProvider;
    private LdapServer ldap;
    private Optional<Keycloak> keycloak = Optional.empty();
    private FaultProxy faults;
    private Deployed.Database database;
    private volatile URI baseUri;

    /**
     * Starts the run with the first class that is {@link OnServer}. It ends with the JVM: the build gives a fork one class
     * after the other, each a session of JUnit's, so that nothing of JUnit's lasts from the first to the last.
     */
    static final class Extension implements BeforeAllCallback, AfterAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            ServerRun.startOnce();
        }

        @Override
        public void afterAll(ExtensionContext context) throws IOException {
            if (current.isPresent()) {
                assertThat(current().secrets.search(current().log()))
                        .as("where a secret was told")
                        .isEmpty();
            }
        }
    }

    private ServerRun(String launch) {
        this.product = launch.startsWith("wildfly") ? Deployed.Product.WILDFLY : Deployed.Product.PAYARA;
        this.readsAhead = launch.equals(READS_AHEAD);
        this.publishesAssets = !launch.equals("payara-postgres");
        this.directory = SERVERS.resolve("run-%s-%s".formatted(launch, FORK)).toAbsolutePath();
        this.s3Directory = directory.resolve("s3");
    }

    static ServerRun current() {
        return current.orElseThrow(() -> new IllegalStateException("No server runs: is the class marked @OnServer?"));
    }

    private static synchronized void startOnce() {
        if (current.isPresent()) {
            return;
        }
        failure.ifPresent(earlier -> {
            throw new IllegalStateException("The servers did not start before", earlier);
        });
        String launch = System.getProperty(LAUNCH, "payara-h2");
        System.setProperty(LAUNCH, launch);
        ServerRun run = new ServerRun(launch);
        try {
            run.startAll(launch.endsWith("postgres"));
            Runtime.getRuntime().addShutdownHook(new Thread(run::close, "stop the servers"));
        } catch (Exception e) {
            failure = Optional.of(e);
            run.close();
            throw new IllegalStateException("The servers of " + launch + " do not start; see " + run.directory, e);
        }
    }

    private void startAll(boolean postgres) throws Exception {
        secrets.add(Deployed.ADMIN_PASSWORD);
        secrets.add(CREDENTIALS.secretKey());
        secrets.add(IdentityProvider.SECRET);
        secrets.add(LdapServer.READER_PASSWORD);
        Trees.delete(directory);
        Files.createDirectories(temporaryDirectory());
        s3 = keep(LocalS3.start(s3Directory, 0, CREDENTIALS));
        identityProvider = keep(IdentityProvider.start());
        ldap = keep(LdapServer.start(directory));
        choosePorts();
        if (KEYCLOAK.isPresent()) {
            URI application = URI.create("http://127.0.0.1:" + System.getProperty("it.http") + "/");
            keycloak =
                    Optional.of(keep(Keycloak.start(KEYCLOAK.get(), application, directory.resolve("keycloak.log"))));
        }
        faults = keep(FaultProxy.before(s3.endpoint()));
        database = postgres ? startPostgres() : h2();
        if (product == Deployed.Product.WILDFLY) {
            new WildFly(WILDFLY, wildFlyHome())
                    .configure(
                            serverDirectory(),
                            Path.of("server-config/wildfly/configure.cli"),
                            SERVERS.resolve("postgresql.jar"));
        }
        describeToArquillian();
        current = Optional.of(this);
        TestRunnerAdaptor arquillian = TestRunnerAdaptorBuilder.build();
        keep(() -> {
            arquillian.afterSuite();
            arquillian.shutdown();
        });
        arquillian.beforeSuite();
        if (baseUri == null) {
            throw new IllegalStateException("Arquillian has deployed nothing");
        }
    }

    private Deployed.Database startPostgres() throws IOException {
        LocalPostgres server = keep(LocalPostgres.start(directory.resolve("postgres")));
        return new Deployed.Database("org.postgresql.Driver", server.jdbcUrl(), server.user(), "unchecked");
    }

    /** The application opens the file first and then serves it to the tests as well. */
    private Deployed.Database h2() {
        return new Deployed.Database(
                "org.h2.Driver",
                "jdbc:h2:file:" + directory.resolve("h2/reportfiles") + ";AUTO_SERVER=TRUE",
                "reportfiles",
                "reportfiles");
    }

    /** What {@code arquillian.xml} refers to. Blanks separate options there, so none is in a value. */
    private void describeToArquillian() throws IOException {
        Map<String, String> settings = new HashMap<>(Map.ofEntries(
                Map.entry("java.io.tmpdir", temporaryDirectory().toString()),
                Map.entry("h2.bindAddress", "127.0.0.1"),
                Map.entry("reportfiles.db.driver", database.driver()),
                Map.entry("reportfiles.db.url", database.url()),
                Map.entry("reportfiles.db.user", database.user()),
                Map.entry("reportfiles.db.password", database.password()),
                Map.entry("reportfiles.admin.password", Deployed.ADMIN_PASSWORD),
                Map.entry("reportfiles.s3.endpoint", faults.endpoint().toString()),
                Map.entry("reportfiles.s3.region", "us-east-1"),
                Map.entry("reportfiles.s3.bucket", Deployed.BUCKET),
                Map.entry("reportfiles.s3.create-bucket", "true"),
                Map.entry("reportfiles.s3.path-style", "true"),
                Map.entry("reportfiles.s3.read-timeout", "2s"),
                Map.entry("reportfiles.download.healing-time", "3s"),
                Map.entry("reportfiles.ledger.lease", "4s"),
                Map.entry("reportfiles.download.stream-grace", "300ms"),
                Map.entry("reportfiles.download.idle-timeout", "8s"),
                Map.entry("reportfiles.tus.lease", "1s"),
                Map.entry("reportfiles.submission.lease", "4s"),
                Map.entry("reportfiles.submission.cleanup-interval", "1s"),
                Map.entry("reportfiles.submission.per-account", "20"),
                Map.entry("reportfiles.shutdown.grace", "1s"),
                Map.entry("reportfiles.reconcile.safety-age", "1s"),
                Map.entry("reportfiles.limit.requests-per-minute", Integer.toString(Deployed.REQUESTS_PER_MINUTE)),
                Map.entry("reportfiles.limit.downloads", Integer.toString(Deployed.DOWNLOADS)),
                Map.entry("reportfiles.limit.bytes-per-day", Long.toString(Deployed.BYTES_PER_DAY)),
                Map.entry("reportfiles.http.proxies", Deployed.PROXY),
                Map.entry(
                        "reportfiles.oidc.issuer",
                        keycloak.map(Keycloak::issuer)
                                .orElse(identityProvider.issuer())
                                .toString()),
                Map.entry(
                        "reportfiles.oidc.client-secret",
                        keycloak.isPresent() ? Keycloak.SECRET : IdentityProvider.SECRET),
                Map.entry("reportfiles.oidc.roles", "report-analysts=ANALYST"),
                Map.entry("javax.net.ssl.trustStore", ldap.trustStore().toString()),
                Map.entry("javax.net.ssl.trustStorePassword", LdapServer.STORE_PASSWORD),
                Map.entry("reportfiles.ldap.url", ldap.secureAddress().toString()),
                Map.entry("reportfiles.ldap.bind-dn", LdapServer.READER),
                Map.entry("reportfiles.ldap.bind-password", LdapServer.READER_PASSWORD),
                Map.entry("reportfiles.ldap.user-base", LdapServer.PEOPLE),
                Map.entry("reportfiles.ldap.group-base", LdapServer.GROUPS),
                Map.entry("reportfiles.ldap.roles", "report-analysts=ANALYST"),
                Map.entry("reportfiles.ldap.refusal-time", "50ms"),
                Map.entry("reportfiles.s3.access-key", CREDENTIALS.accessKey()),
                Map.entry("reportfiles.s3.secret-key", CREDENTIALS.secretKey())));
        settings.put("reportfiles.signin.failures", Integer.toString(Deployed.FREE_GUESSES));
        settings.put("reportfiles.console.publish-assets", Boolean.toString(publishesAssets));
        if (readsAhead) {
            settings.put("reportfiles.download.read-ahead", "4");
            settings.put("reportfiles.download.read-ahead-chunk", "256KiB");
        }
        System.setProperty(
                "it.settings",
                settings.entrySet().stream()
                        .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                        .sorted()
                        .collect(Collectors.joining(" ")));
        System.setProperty("it.compilers", COMPILERS.toAbsolutePath().toString());
        System.setProperty("it.wildfly", wildFlyHome().toString());
        System.setProperty("it.logging", loggingOfPayara().toString());
        System.setProperty("it.servers", SERVERS.toAbsolutePath().toString());
        System.setProperty("it.directory", serverDirectory().toString());
    }

    private static void choosePorts() {
        System.setProperty("it.http", Integer.toString(FreePort.find()));
        System.setProperty("it.https", Integer.toString(FreePort.find()));
        System.setProperty("it.management", Integer.toString(FreePort.find()));
    }

    /** The file of {@code server-config} but for the place of the log: it is relative, and Arquillian has no working directory. */
    private Path loggingOfPayara() throws IOException {
        String settings = Files.readString(Path.of("server-config/payara/logging.properties"));
        return Files.writeString(
                directory.resolve("logging.properties"),
                settings.replace("pattern=report-files", "pattern=" + directory.resolve("report-files")));
    }

    private <T extends AutoCloseable> T keep(T started) {
        running.push(started);
        return started;
    }

    /** Stops what was started, the last first, each whatever becomes of the others. */
    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        current = Optional.empty();
        if (!failures.isEmpty()) {
            IllegalStateException failure = new IllegalStateException("A server does not stop", failures.get(0));
            failures.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    void deployedAt(URI uri) {
        baseUri = uri;
    }

    Path archive() {
        return Path.of(
                product == Deployed.Product.WILDFLY ? "target/report-files-wildfly.war" : "target/report-files.war");
    }

    URI baseUri() {
        return baseUri;
    }

    URI secureUri() {
        return URI.create(
                "https://%s:%s%s".formatted(baseUri.getHost(), System.getProperty("it.https"), baseUri.getPath()));
    }

    Deployed.Product product() {
        return product;
    }

    Deployed.Bucket bucket() {
        return new Deployed.Bucket(s3.endpoint(), Deployed.BUCKET, CREDENTIALS, s3Directory);
    }

    Secrets secrets() {
        return secrets;
    }

    IdentityProvider identityProvider() {
        return identityProvider;
    }

    LdapServer ldap() {
        return ldap;
    }

    Keycloak keycloak() {
        return keycloak.orElseThrow(() -> new IllegalStateException("This needs mvn -Psign-on verify."));
    }

    FaultProxy faults() {
        return faults;
    }

    Deployed.Database database() {
        return database;
    }

    Path log() {
        return product == Deployed.Product.WILDFLY
                ? serverDirectory().resolve("log/server.log")
                : directory.resolve("report-files.0.log");
    }

    List<Path> directories() {
        return List.of(serverDirectory(), temporaryDirectory());
    }

    Path temporaryDirectory() {
        return directory.resolve("tmp");
    }

    private Path wildFlyHome() {
        return directory.resolve("wildfly");
    }

    private Path serverDirectory() {
        return directory.resolve("server");
    }
}
