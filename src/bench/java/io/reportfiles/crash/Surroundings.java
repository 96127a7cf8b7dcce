package io.reportfiles.crash;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Role;
import io.reportfiles.dev.LocalS3;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Where the application that is killed finds database and store, and what it is told; handed to a child process by its
 * command line.
 *
 * @param jdbcUrl of PostgreSQL
 * @param user there
 * @param endpoint of S3
 */
record Surroundings(String jdbcUrl, String user, URI endpoint) {

    static final String BUCKET = "report-files";
    static final String ORGANISATION = "crash";
    static final String SECTION = "crash";
    static final LocalS3.Credentials CREDENTIALS = new LocalS3.Credentials("crash", "crash-secret");

    /** The account that submits without an application server. */
    static final Caller SUBMITTER = new Caller(
            UUID.fromString("22222222-2222-4222-8222-222222222222"),
            "crash",
            Set.of(Role.ADMINISTRATOR),
            Optional.empty(),
            Optional.empty());

    private static final int SMALL = 200_000;
    private static final int PART = 5 << 20;

    /** By property names as an operator writes them; every time is as short as is accepted. */
    Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("reportfiles.s3.endpoint", endpoint.toString()),
                Map.entry("reportfiles.s3.region", "us-east-1"),
                Map.entry("reportfiles.s3.bucket", BUCKET),
                Map.entry("reportfiles.s3.prefix", "files"),
                Map.entry("reportfiles.s3.path-style", "true"),
                Map.entry("reportfiles.s3.create-bucket", "true"),
                Map.entry("reportfiles.s3.access-key", CREDENTIALS.accessKey()),
                Map.entry("reportfiles.s3.secret-key", CREDENTIALS.secretKey()),
                Map.entry("reportfiles.submission.part-size", "5MiB"),
                Map.entry("reportfiles.submission.lease", "4s"),
                Map.entry("reportfiles.submission.cleanup-interval", "5s"),
                Map.entry("reportfiles.reconcile.safety-age", "1s"));
    }

    /** The same for the environment of a server, with its database. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        settings().forEach((name, value) -> environment.put(variable(name), value));
        environment.put(variable("reportfiles.db.driver"), "org.postgresql.Driver");
        environment.put(variable("reportfiles.db.url"), jdbcUrl);
        environment.put(variable("reportfiles.db.user"), user);
        environment.put(variable("reportfiles.db.password"), "unchecked");
        return environment;
    }

    private static String variable(String property) {
        return property.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** A file of some size: most are small, some have several parts. */
    static byte[] file(Random random) {
        int kind = random.nextInt(10);
        int size = kind == 0 ? PART + random.nextInt(PART) : kind == 1 ? 2 * PART + 1 : random.nextInt(SMALL);
        byte[] content = new byte[size];
        random.nextBytes(content);
        return content;
    }
}
