package io.reportfiles.dev;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The started application, as a client sees it. */
final class Application {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI uri;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** One on this machine, at the root of {@code port}. */
    Application(int port) {
        this.uri = URI.create("http://localhost:" + port + "/");
    }

    URI uri() {
        return uri;
    }

    /** Whether the application answers that it can serve. */
    boolean isReady() throws InterruptedException {
        return answers("health/ready");
    }

    /** Whether the application answers at all. */
    boolean isDeployed() throws InterruptedException {
        return answers("health/live");
    }

    private boolean answers(String path) throws InterruptedException {
        try {
            HttpRequest question =
                    HttpRequest.newBuilder(uri.resolve(path)).timeout(PATIENCE).build();
            return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) { // nothing listens yet
            return false;
        }
    }

    /** Sends a body to a path, as the administrator. */
    HttpResponse<String> post(String path, String contentType, byte[] body, String password)
            throws IOException, InterruptedException {
        String credentials = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(uri.resolve(path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Basic " + credentials)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What a path answers to the administrator. */
    HttpResponse<String> get(String path, String password) throws IOException, InterruptedException {
        String credentials = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(uri.resolve(path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Basic " + credentials)
                        .build(),
                BodyHandlers.ofString());
    }
}
