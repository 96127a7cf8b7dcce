package io.reportfiles.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.Secrets;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Somebody at the door of the deployed application: a script or a browser, with what it sends along each time. */
public final class Visitor {

    public static final String PASSWORD = "correct horse battery";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final Map<String, String> headers;

    private Visitor(Map<String, String> headers) {
        this.headers = new LinkedHashMap<>(headers);
    }

    public static Visitor stranger() {
        return new Visitor(Map.of("Accept", "application/json"));
    }

    public static Visitor browser() {
        return new Visitor(Map.of("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
    }

    public static Visitor admin() {
        return stranger().withPassword(Deployed.ADMIN, Deployed.ADMIN_PASSWORD);
    }

    /** A new account with {@link #PASSWORD}, signing in with HTTP Basic. */
    public static Visitor newAccount(String name, String... roles) {
        create(name, "ACTIVE", roles);
        return stranger().withPassword(name, PASSWORD);
    }

    /** Creates an account with {@link #PASSWORD}; the answer is its JSON. */
    public static JsonObject create(String name, String state, String... roles) {
        HttpResponse<String> answer = admin().post(
                        "api/accounts",
                        Json.createObjectBuilder()
                                .add("name", name)
                                .add("displayName", "Test " + name)
                                .add("password", PASSWORD)
                                .add("state", state)
                                .add("roles", Json.createArrayBuilder(List.of(roles)))
                                .build());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("no account: " + answer.statusCode() + " " + answer.body());
        }
        return json(answer);
    }

    public static String newName() {
        return "t-" + UUID.randomUUID();
    }

    public Visitor with(String header, String value) {
        Visitor visitor = new Visitor(headers);
        visitor.headers.put(header, value);
        return visitor;
    }

    public Visitor withPassword(String name, String password) {
        return with(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8)));
    }

    public Visitor withToken(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** Signs in at the sign-in page; the new visitor has the session's cookie and nothing else to show. */
    public Visitor signIn(String name, String password) {
        HttpResponse<String> answer = submitForm("login", Map.of("name", name, "password", password));
        return with("Cookie", cookieOf(answer).orElseThrow(() -> new IllegalStateException("no cookie: " + answer)));
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, Optional.empty());
    }

    public HttpResponse<String> post(String path, JsonObject body) {
        return with("Content-Type", "application/json").send("POST", path, Optional.of(body.toString()));
    }

    public HttpResponse<String> put(String path, JsonObject body) {
        return with("Content-Type", "application/json").send("PUT", path, Optional.of(body.toString()));
    }

    public HttpResponse<String> post(String path) {
        return send("POST", path, Optional.empty());
    }

    public HttpResponse<String> delete(String path) {
        return send("DELETE", path, Optional.empty());
    }

    public HttpResponse<String> submitForm(String path, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return with("Content-Type", "application/x-www-form-urlencoded").send("POST", path, Optional.of(form));
    }

    public HttpResponse<String> send(String method, String path, Optional<String> body) {
        URI uri = path.startsWith("/") ? Deployed.baseUri().resolve(path) : URI.create(Deployed.baseUri() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .method(method, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        headers.forEach(request::header);
        try {
            return Secrets.seen(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static JsonObject json(HttpResponse<String> answer) {
        return Json.createReader(new StringReader(answer.body())).readObject();
    }

    /** The name and value of the session's cookie that an answer sets. */
    public static Optional<String> cookieOf(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("report-files-session="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .reduce((first, last) -> last);
    }
}
