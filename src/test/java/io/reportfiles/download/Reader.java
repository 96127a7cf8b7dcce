package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.Secrets;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;

/** An organisation of one's own in the deployed application, with files to read and accounts to read them with. */
public final class Reader {

    static final String ADMIN = basic(Deployed.ADMIN, Deployed.ADMIN_PASSWORD);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    final String organisation = "D" + UUID.randomUUID().toString().substring(0, 8);

    private Reader() {}

    static Reader create() throws IOException, InterruptedException {
        Reader reader = new Reader();
        post(
                "api/sections",
                Json.createObjectBuilder()
                        .add("code", reader.organisation)
                        .add("title", "Downloads")
                        .add("extensions", Json.createArrayBuilder(List.of("txt", "csv", "zip")))
                        .add("maxBytes", 5L << 30));
        post(
                "api/organisations",
                Json.createObjectBuilder()
                        .add("code", reader.organisation)
                        .add("name", "Readers")
                        .add("type", "state"));
        return reader;
    }

    /** Submits a file and answers its id. */
    String submitted(String filename, byte[] content) throws IOException, InterruptedException {
        String query = "organisation=%1$s&year=2026&quarter=Q3&section=%1$s&filename=%2$s"
                .formatted(organisation, URLEncoder.encode(filename, UTF_8));
        HttpResponse<byte[]> answer = send(request("api/report-files?" + query)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(content)));
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(201);
        return json(answer.body()).getString("id");
    }

    /** A new account of this organisation: the value of its {@code Authorization} header. */
    String account(String role) throws IOException, InterruptedException {
        String name = UUID.randomUUID().toString();
        String password = "correct horse of " + name;
        post(
                "api/accounts",
                Json.createObjectBuilder()
                        .add("name", name)
                        .add("displayName", name)
                        .add("password", password)
                        .add("organisation", organisation)
                        .add("roles", Json.createArrayBuilder().add(role)));
        return basic(name, password);
    }

    private static void post(String path, JsonObjectBuilder body) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.build().toString())));
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(201);
    }

    /** A request of the administrator. */
    static HttpRequest.Builder request(String path) {
        return anonymous(path).header("Authorization", ADMIN);
    }

    static HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(URI.create(Deployed.baseUri() + path)).timeout(Duration.ofMinutes(2));
    }

    static HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return Secrets.seen(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
    }

    static JsonObject json(byte[] body) {
        return Json.createReader(new ByteArrayInputStream(body)).readObject();
    }

    /** The newest row of a file's ledger, once it is as expected; the row is written when the reader has its bytes. */
    static JsonObject lastTransfer(String id, Predicate<JsonObject> expected) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (true) {
            List<JsonObject> rows = json(get("api/report-files/" + id + "/transfers")
                            .body())
                    .getJsonArray("items")
                    .getValuesAs(JsonObject.class);
            if (!rows.isEmpty() && expected.test(rows.get(0))) {
                return rows.get(0);
            }
            assertThat(Instant.now()).as("transfers: %s", rows).isBefore(end);
            Thread.sleep(100);
        }
    }

    static Predicate<JsonObject> ended(String outcome) {
        return row -> row.getString("outcome").equals(outcome);
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    }

    public static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
