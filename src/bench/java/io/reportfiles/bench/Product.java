package io.reportfiles.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application under test: its settings, its reference data and a token. */
final class Product {

    private static final String PASSWORD = "only-for-this-benchmark";
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // Grizzly breaks some connections that are upgraded by a POST
            .build();
    private final URI uri;
    private String authorization =
            "Basic_" + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    private Product(URI uri) {
        this.uri = uri;
    }

    static Map<String, String> settings(URI origin, Path directory) {
        return Map.of(
                "REPORTFILES_S3_ENDPOINT",
                origin.toString(),
                "REPORTFILES_S3_REGION",
                "us-east-1",
                "REPORTFILES_S3_BUCKET",
                BenchS3.BUCKET,
                "REPORTFILES_S3_PATH_STYLE",
                "true",
                "REPORTFILES_S3_ACCESS_KEY",
                BenchS3.ACCESS_KEY,
                "REPORTFILES_S3_SECRET_KEY",
                BenchS3.SECRET_KEY,
                "REPORTFILES_DB_URL",
                "jdbc:h2:file:" + directory.resolve("database"),
                "REPORTFILES_ADMIN_PASSWORD",
                PASSWORD);
    }

    /** Creates what a submission needs, and the token that is used from then on. */
    static Product prepare(URI uri) throws IOException {
        Product product = new Product(uri);
        product.post("api/organisations", "{\"code\":\"bench\",\"name\":\"Bench\",\"type\":\"agency\"}");
        product.post(
                "api/sections",
                "{\"code\":\"bench\",\"title\":\"Bench\",\"extensions\":[\"zip\"],\"maxBytes\":1099511627776}");
        product.authorization = "Bearer_" + find(TOKEN, product.post("api/tokens", "{\"name\":\"bench\"}"));
        return product;
    }

    /** As {@link Load} wants it. */
    String authorization() {
        return authorization;
    }

    /** Where files are submitted. */
    URI submission() {
        return uri.resolve("api/report-files?organisation=bench&year=2026&quarter=Q3&section=bench&filename=bench.zip");
    }

    /** The link to the file that was submitted last. */
    URI lastFile() throws IOException {
        String newest = send(request("api/report-files?latest=true").GET().build(), 200);
        return uri.resolve("files/" + find(ID, newest));
    }

    /** Submits a file of {@code bytes}; the link to it. */
    URI submit(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        HttpRequest request = request(submission().toString())
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(content))
                .build();
        return uri.resolve("files/" + find(ID, send(request, 201)));
    }

    private String post(String path, String json) throws IOException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                201);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri.resolve(path)).header("Authorization", authorization.replaceFirst("_", " "));
    }

    private String send(HttpRequest request, int expected) throws IOException {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new IOException("%s answered %d".formatted(request.uri(), answer.statusCode()));
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String find(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no %s in %s".formatted(pattern, text));
        }
        return matcher.group(1);
    }
}
