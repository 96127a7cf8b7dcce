package io.reportfiles.server;

import io.reportfiles.dev.FaultProxy;
import io.reportfiles.dev.LocalS3;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The deployed application and what is behind it, for tests marked {@link OnServer}. */
public final class Deployed {
    /** The first administrator. */
    public static final String ADMIN = "admin";

    public static final String ADMIN_PASSWORD = "correct-horse-battery-staple";

    /** How many wrong passwords for a name cost no wait. */
    public static final int FREE_GUESSES = 5;

    /** The address of the one proxy that is believed; what comes from another one of this machine is not. */
    public static final String PROXY = "127.0.0.2";

    /** What each account may: more than any test wants, but for the one that is about it. */
    public static final int REQUESTS_PER_MINUTE = 2500;

    public static final int DOWNLOADS = 48;
    public static final long BYTES_PER_DAY = 64L << 30;

    static final String BUCKET = "report-files";

    private Deployed() {}

    /** The server products the application runs on. */
    public enum Product {
        PAYARA,
        WILDFLY
    }

    /**
     * The bucket the application uses, reached without the {@link #faults() fault proxy}.
     *
     * @param directory where the server keeps its data
     */
    public record Bucket(URI endpoint, String name, LocalS3.Credentials credentials, Path directory) {
        /** A client of one's own, to be closed. */
        public S3Client client() {
            return S3Client.builder()
                    .endpointOverride(endpoint)
                    .forcePathStyle(true)
                    .region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
                    .build();
        }
    }

    /** Where the application is, with a slash at the end: {@code baseUri().resolve("api/me")}. */
    public static URI baseUri() {
        return ServerRun.current().baseUri();
    }

    /** The same over TLS, with a certificate that nobody vouches for. */
    public static URI secureUri() {
        return ServerRun.current().secureUri();
    }

    public static Product product() {
        return ServerRun.current().product();
    }

    public static Bucket s3() {
        return ServerRun.current().bucket();
    }

    /** What the application's requests to S3 go through; a test that sets a fault lifts it. */
    public static FaultProxy faults() {
        return ServerRun.current().faults();
    }

    /** Where the application lets people sign in; one test at a time says who does. */
    public static IdentityProvider identityProvider() {
        return ServerRun.current().identityProvider();
    }

    /** The directory that the application knows people by. */
    public static LdapServer ldap() {
        return ServerRun.current().ldap();
    }

    /** The identity provider of tests tagged {@link OnServer#SIGN_ON}. */
    public static Keycloak keycloak() {
        return ServerRun.current().keycloak();
    }

    /** A connection of one's own to the application's database, to be closed. */
    public static Connection jdbc() throws SQLException {
        Database database = ServerRun.current().database();
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    /** The first column of what a statement with one parameter selects from the application's database. */
    public static List<String> column(String statement, String parameter) {
        try (Connection database = jdbc();
                PreparedStatement select = database.prepareStatement(statement)) {
            select.setString(1, parameter);
            try (ResultSet rows = select.executeQuery()) {
                List<String> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
                return values;
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The server's log: one JSON object a line. */
    public static Path serverLog() {
        return ServerRun.current().log();
    }

    /** Every directory the server may write to, for a test that watches them grow. Logs are in there, too. */
    public static List<Path> serverDirectories() {
        return ServerRun.current().directories();
    }

    /** The server's {@code java.io.tmpdir}; in no use by anybody else. */
    public static Path serverTemporaryDirectory() {
        return ServerRun.current().temporaryDirectory();
    }

    record Database(String driver, String url, String user, String password) {}
}
