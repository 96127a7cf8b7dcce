package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.Secrets;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * An organisation of one's own in the deployed application, which knows what submissions for it have left behind. The
 * sections are shared: {@link #LARGE} takes 5 GiB, {@link #SMALL} 1 MiB.
 */
final class SubmissionScene {

    static final String LARGE = "upload-large";
    static final String SMALL = "upload-small";
    static final int SMALL_BYTES = 1 << 20;
    static final String ADMIN = basic(Deployed.ADMIN, Deployed.ADMIN_PASSWORD);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final String organisation = "U" + UUID.randomUUID().toString().substring(0, 8);

    SubmissionScene() {
        try (Connection database = Deployed.jdbc()) {
            insertSection(database, LARGE, 5L << 30);
            insertSection(database, SMALL, SMALL_BYTES);
            insertOrganisation(database, organisation);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Query of a submission that is in order but for what a test changes. */
    String query(String section, String fileName) {
        return "organisation=%s&year=2026&quarter=Q3&section=%s&filename=%s".formatted(organisation, section, fileName);
    }

    /** A form that is in order, up to the file's part. */
    Form form(String section) {
        return new Form()
                .field("organisation", organisation)
                .field("year", "2026")
                .field("quarter", "Q3")
                .field("section", section);
    }

    static URI address(String query) {
        return Deployed.baseUri().resolve("api/report-files" + (query.isEmpty() ? "" : "?" + query));
    }

    static HttpResponse<String> postRaw(String query, BodyPublisher body) throws IOException, InterruptedException {
        return post(query, "application/octet-stream", body);
    }

    static HttpResponse<String> postForm(Form form) throws IOException, InterruptedException {
        return post("", form.contentType(), BodyPublishers.ofByteArray(form.bytes()));
    }

    static HttpResponse<String> post(String query, String contentType, BodyPublisher body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address(query))
                .header("Authorization", ADMIN)
                .header("Content-Type", contentType)
                .POST(body));
    }

    static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address).header("Authorization", ADMIN));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** The bytes that readers get of a report file. */
    static byte[] download(String id) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = HTTP.send(
                HttpRequest.newBuilder(Deployed.baseUri().resolve("files/" + id))
                        .header("Authorization", ADMIN)
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return Secrets.seen(HTTP.send(request.timeout(Duration.ofMinutes(2)).build(), BodyHandlers.ofString()));
    }

    static JsonObject json(HttpResponse<String> answer) {
        return Json.createReader(new StringReader(answer.body())).readObject();
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    }

    /** An account of the organisation, which can sign in: the value of its Authorization header. */
    String accountWith(String role) throws IOException, InterruptedException {
        String name = role.toLowerCase(Locale.ROOT) + "." + organisation;
        String password = "correct horse of " + organisation;
        JsonObject account = Json.createObjectBuilder()
                .add("name", name)
                .add("displayName", name)
                .add("password", password)
                .add("organisation", organisation)
                .add("roles", Json.createArrayBuilder().add(role))
                .build();
        HttpResponse<String> created =
                send(HttpRequest.newBuilder(Deployed.baseUri().resolve("api/accounts"))
                        .header("Authorization", ADMIN)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(account.toString())));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return basic(name, password);
    }

    /** Asserts that nothing came of the submissions for this organisation: no file, no object, no unfinished upload. */
    void assertNothingLeft() throws Exception {
        await(() -> states().stream().noneMatch("RECEIVING"::equals)); // a broken connection is noticed a little later
        assertThat(states()).allMatch("FAILED"::equals);
        assertNothingStored();
        assertThat(json(get(address("organisation=" + organisation))).getInt("total"))
                .isZero();
    }

    void assertNothingStored() {
        try (S3Client s3 = Deployed.s3().client()) {
            assertThat(objects(s3)).isEmpty();
            assertThat(unfinished(s3)).isEmpty();
        }
    }

    /** The ids of all rows of the organisation. */
    List<String> ids() {
        return Deployed.column("select cast(id as varchar) from report_file where organisation_code = ?", organisation);
    }

    /** The states of all rows of the organisation. */
    List<String> states() {
        return Deployed.column("select state from report_file where organisation_code = ?", organisation);
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(90));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(100);
        }
    }

    List<String> objects(S3Client s3) {
        return s3
                .listObjectVersionsPaginator(
                        request -> request.bucket(Deployed.s3().name()))
                .versions()
                .stream()
                .map(ObjectVersion::key)
                .filter(key -> key.contains(organisation + "/"))
                .toList();
    }

    List<String> unfinished(S3Client s3) {
        return s3.listMultipartUploads(request -> request.bucket(Deployed.s3().name())).uploads().stream()
                .map(MultipartUpload::key)
                .filter(key -> key.contains(organisation + "/"))
                .toList();
    }

    private static void insertSection(Connection database, String code, long maxBytes) throws SQLException {
        if (Deployed.column("select code from section where code = ?", code).isEmpty()) {
            update(database, "insert into section values ('" + code + "', '" + code + "', " + maxBytes + ", 1)");
            for (String extension : List.of("csv", "txt", "xlsx")) {
                update(database, "insert into section_extension values ('" + code + "', '" + extension + "')");
            }
        }
    }

    private static void insertOrganisation(Connection database, String code) throws SQLException {
        update(database, "insert into organisation values ('" + code + "', '" + code + "', 'state', null, 1)");
    }

    static void update(Connection database, String statement) throws SQLException {
        try (PreparedStatement update = database.prepareStatement(statement)) {
            update.executeUpdate();
        }
    }

    /** The head of a problem's errors: from field to message. */
    static Map<String, String> errors(HttpResponse<String> answer) {
        return json(answer).getJsonArray("errors").getValuesAs(JsonObject.class).stream()
                .collect(Collectors.toMap(error -> error.getString("field"), error -> error.getString("message")));
    }
}
