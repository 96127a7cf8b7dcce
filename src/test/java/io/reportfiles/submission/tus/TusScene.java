package io.reportfiles.submission.tus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** An organisation of one's own, and a tus client that says exactly what it is told to. */
final class TusScene {

    static final String SECTION = "resumable";
    static final long SECTION_BYTES = 1L << 30;
    static final String ADMIN = basic(Deployed.ADMIN, Deployed.ADMIN_PASSWORD);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final String organisation = "T" + UUID.randomUUID().toString().substring(0, 8);

    TusScene() {
        Api admin = Api.admin();
        admin.post(
                "api/sections",
                "{\"code\":\"%s\",\"title\":\"Resumable\",\"extensions\":[\"csv\"],\"maxBytes\":%d}"
                        .formatted(SECTION, SECTION_BYTES)); // a conflict the next time
        HttpResponse<String> created = admin.post(
                "api/organisations",
                "{\"code\":\"%s\",\"name\":\"%s\",\"type\":\"state\"}".formatted(organisation, organisation));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    }

    /** An account of the organisation: the value of its Authorization header. */
    String accountWith(String role) {
        String name = role.toLowerCase(Locale.ROOT) + "." + organisation.toLowerCase(Locale.ROOT);
        String password = "correct horse of " + organisation;
        HttpResponse<String> created = Api.admin()
                .post(
                        "api/accounts",
                        "{\"name\":\"%s\",\"displayName\":\"x\",\"password\":\"%s\",\"organisation\":\"%s\",\"roles\":[\"%s\"]}"
                                .formatted(name, password, organisation, role));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return basic(name, password);
    }

    /** The metadata of a submission that is in order. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("organisation", organisation);
        fields.put("year", "2026");
        fields.put("quarter", "Q3");
        fields.put("section", SECTION);
        fields.put("filename", "a.csv");
        return fields;
    }

    static String metadata(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + " "
                        + Base64.getEncoder().encodeToString(field.getValue().getBytes(UTF_8)))
                .collect(Collectors.joining(","));
    }

    static URI uploads() {
        return Deployed.baseUri().resolve("uploads");
    }

    /** Begins an upload of that many bytes; its address. */
    URI begin(long size) throws IOException, InterruptedException {
        return begin(size, fields());
    }

    URI begin(long size, Map<String, String> fields) throws IOException, InterruptedException {
        return begun(post(Long.toString(size), fields));
    }

    /** As the others, with that Authorization. */
    URI beginAs(String authorization, long size) throws IOException, InterruptedException {
        return begun(postAs(authorization, Long.toString(size), fields()));
    }

    private static URI begun(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return uploads().resolve(created.headers().firstValue("Location").orElseThrow());
    }

    HttpResponse<String> post(String size, Map<String, String> fields) throws IOException, InterruptedException {
        return postAs(ADMIN, size, fields);
    }

    HttpResponse<String> postAs(String authorization, String size, Map<String, String> fields)
            throws IOException, InterruptedException {
        return send(request(uploads())
                .setHeader("Authorization", authorization)
                .header("Upload-Length", size)
                .header("Upload-Metadata", metadata(fields))
                .POST(BodyPublishers.noBody()));
    }

    /** As the administrator creates one, and sends its first bytes with it. */
    HttpResponse<String> postWith(BodyPublisher body, String length, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(uploads())
                .header("Upload-Length", length)
                .header("Upload-Metadata", metadata(fields()))
                .header("Content-Type", "application/offset+octet-stream")
                .POST(body);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).header("Authorization", ADMIN).header("Tus-Resumable", "1.0.0");
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                Secrets.seen(HTTP.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString()));
        assertThat(answer.headers().firstValue("Tus-Resumable")).contains("1.0.0");
        return answer;
    }

    static HttpResponse<String> head(URI upload) throws IOException, InterruptedException {
        return send(request(upload).method("HEAD", BodyPublishers.noBody()));
    }

    static HttpResponse<String> patch(URI upload, long offset, byte[] body, String... headers)
            throws IOException, InterruptedException {
        return patch(upload, offset, BodyPublishers.ofByteArray(body), headers);
    }

    static HttpResponse<String> patch(URI upload, long offset, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(upload)
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", Long.toString(offset))
                .method("PATCH", body);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    static HttpResponse<String> delete(URI upload) throws IOException, InterruptedException {
        return send(request(upload).DELETE());
    }

    static long offset(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }

    /** The bytes that readers get of the report file that an upload has become. */
    static byte[] download(HttpResponse<String> last) throws IOException, InterruptedException {
        String id = last.headers().firstValue("Report-File").orElseThrow();
        HttpResponse<byte[]> answer = HTTP.send(
                HttpRequest.newBuilder(Deployed.baseUri().resolve("files/" + id))
                        .header("Authorization", ADMIN)
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** Lets an upload's time be over. */
    static void expire(URI upload) {
        String id = idOf(upload);
        update("update report_file set lease_until = timestamp '2026-01-01 00:00:00' where id = '" + id + "'");
        update("update resumable_upload set expires_at = timestamp '2026-01-01 00:00:00' where report_file_id = '" + id
                + "'");
    }

    /** The states of all rows of the organisation. */
    List<String> states() {
        return Deployed.column("select state from report_file where organisation_code = ?", organisation);
    }

    /** Whether a request is going on with an upload. */
    static boolean isHeld(URI upload) {
        try (Connection database = Deployed.jdbc();
                PreparedStatement select = database.prepareStatement(
                        "select 1 from resumable_upload where held_until > ? and report_file_id = ?")) {
            select.setObject(1, OffsetDateTime.now(ZoneOffset.UTC));
            select.setObject(2, UUID.fromString(idOf(upload)));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a request has ever gone on with an upload. */
    static boolean wasHeld(URI upload) {
        return !Deployed.column(
                        "select fence from resumable_upload where fence > 0 and cast(report_file_id as varchar) = ?",
                        idOf(upload))
                .isEmpty();
    }

    static String idOf(URI upload) {
        return upload.getPath().substring(upload.getPath().lastIndexOf('/') + 1);
    }

    static void update(String statement) {
        try (Connection database = Deployed.jdbc();
                PreparedStatement update = database.prepareStatement(statement)) {
            update.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** What S3 keeps for the organisation: keys of object versions, and of multipart uploads. */
    List<String> stored() {
        String bucket = Deployed.s3().name();
        try (S3Client s3 = Deployed.s3().client()) {
            return Stream.concat(
                            s3.listObjectVersionsPaginator(request -> request.bucket(bucket)).versions().stream()
                                    .map(version -> version.key()),
                            s3.listMultipartUploadsPaginator(request -> request.bucket(bucket)).uploads().stream()
                                    .map(upload -> upload.key() + " (unfinished)"))
                    .filter(key -> key.contains(organisation + "/"))
                    .toList();
        }
    }
}
