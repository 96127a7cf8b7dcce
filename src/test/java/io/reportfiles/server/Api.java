package io.reportfiles.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The deployed application's JSON API as one account uses it. */
public final class Api {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String authorization;

    private Api(String name, String password) {
        authorization = "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    }

    /** As the first administrator. */
    public static Api admin() {
        return new Api(Deployed.ADMIN, Deployed.ADMIN_PASSWORD);
    }

    /** Anonymous, without any credentials. */
    public static HttpResponse<String> anonymously(String path) {
        return send(HttpRequest.newBuilder(Deployed.baseUri().resolve(path)));
    }

    /** As a new account with one role; {@code organisation} and {@code region} may be blank. */
    public Api accountWith(String role, String organisation, String region) {
        String name = (role.toLowerCase(Locale.ROOT) + "." + UUID.randomUUID()).substring(0, 30);
        String password = "correct horse of " + name;
        var account = Json.createObjectBuilder()
                .add("name", name)
                .add("displayName", name)
                .add("password", password)
                .add("roles", Json.createArrayBuilder().add(role));
        if (!organisation.isBlank()) {
            account.add("organisation", organisation);
        }
        if (!region.isBlank()) {
            account.add("region", region);
        }
        create("api/accounts", account.build().toString());
        return new Api(name, password);
    }

    /** Creates something. */
    public void create(String path, String json) {
        HttpResponse<String> created = post(path, json);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    /** The account of this name. */
    public JsonObject account(String name) {
        return json(get("api/accounts?q=" + name)).getJsonArray("items").getJsonObject(0);
    }

    public HttpResponse<String> get(String path) {
        return send(request(path));
    }

    /** A representation of one's choice. */
    public HttpResponse<String> getAs(String accept, String path) {
        return send(request(path).header("Accept", accept));
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    public HttpResponse<String> put(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    /** Ends an upload of a report file that is under way: the status. */
    public int endUpload(String reportFile) {
        return send("DELETE", "api/transfers/" + reportFile).statusCode();
    }

    /** Any method, without a body. */
    public HttpResponse<String> send(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    /** Submits a file as a raw body; {@code query} has the rest. */
    public JsonObject submit(String query, String content) {
        HttpResponse<String> answer = send(request("api/report-files?" + query)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofString(content)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer);
    }

    /** The JSON of an answer. */
    public static JsonObject json(HttpResponse<String> answer) {
        return Json.createReader(new StringReader(answer.body())).readObject();
    }

    /** What stands in {@code member} of each item of a list. */
    public static List<String> items(HttpResponse<String> answer, String member) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(item -> item.getString(member))
                .toList();
    }

    private HttpRequest.Builder request(String path) {
        URI address = Deployed.baseUri().resolve(path);
        return HttpRequest.newBuilder(address).header("Authorization", authorization);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return Secrets.seen(HTTP.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
