package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Senders who lose the permission while their bytes are under way. */
@OnServer
class LostPermissionIT {

    private static final Api ADMIN = Api.admin();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String code = "L" + UUID.randomUUID().toString().substring(0, 8);
    private final String name = "lost-" + UUID.randomUUID();
    private String account;

    @BeforeEach
    void createAccount() {
        ADMIN.create("api/organisations", """
                {"code": "%1$s", "name": "%1$s", "type": "state"}""".formatted(code));
        ADMIN.create("api/sections", """
                {"code": "%1$s", "title": "%1$s", "extensions": ["txt"], "maxBytes": 1000000}""".formatted(code));
        ADMIN.create("api/accounts", """
                {"name": "%1$s", "displayName": "%1$s", "password": "correct horse of %1$s", "roles": ["ANALYST"],
                 "organisation": "%2$s"}""".formatted(name, code));
        account = ADMIN.account(name).getString("id");
    }

    @Test
    void submissionOfADeactivatedAccountIsNotPublishedWhenItsLastByteComes() throws Exception {
        Held body = new Held();
        CompletableFuture<HttpResponse<String>> answer = submit(basic(), body);
        body.awaitBegin();
        assertThat(ADMIN.post("api/accounts/" + account + "/deactivate").statusCode())
                .isEqualTo(200);
        body.release(); // at once, before anybody looks for such submissions
        assertRefused(answer);
    }

    @Test
    void submissionOfAMovedAccountIsNotPublished() throws Exception {
        Held body = new Held();
        CompletableFuture<HttpResponse<String>> answer = submit(basic(), body);
        body.awaitBegin();
        assertThat(ADMIN.put("api/accounts/" + account, """
                {"displayName": "x", "organisation": null}""").statusCode()).isEqualTo(200);
        body.release();
        assertRefused(answer);
    }

    @Test
    void submissionWithARevokedTokenIsEnded() throws Exception {
        HttpResponse<String> created =
                send(HttpRequest.newBuilder(Deployed.baseUri().resolve("api/tokens"))
                        .header("Authorization", basic())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\": \"script\"}")));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        Held body = new Held();
        CompletableFuture<HttpResponse<String>> answer =
                submit("Bearer " + Api.json(created).getString("token"), body);
        body.awaitBegin();
        HttpResponse<String> revoked = send(HttpRequest.newBuilder(Deployed.baseUri()
                        .resolve("api/tokens/" + Api.json(created).getString("id")))
                .header("Authorization", basic())
                .DELETE());
        assertThat(revoked.statusCode()).isEqualTo(204);
        body.dripFrom(Duration.ofMillis(60)); // goes on for longer than it takes to be noticed
        assertRefused(answer);
    }

    private void assertRefused(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        HttpResponse<String> refused = answer.get(30, TimeUnit.SECONDS);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(refused.body()).contains("may not submit this any more");
        assertThat(Api.items(ADMIN.get("api/report-files?organisation=" + code), "id"))
                .isEmpty();
        assertThat(Deployed.column("select state from report_file where organisation_code = ?", code))
                .isEqualTo(List.of("FAILED"));
    }

    private CompletableFuture<HttpResponse<String>> submit(String authorization, InputStream body) {
        return HTTP.sendAsync(
                HttpRequest.newBuilder(Deployed.baseUri()
                                .resolve(
                                        "api/report-files?organisation=%1$s&year=2026&quarter=Q3&section=%1$s&filename=x.txt"
                                                .formatted(code)))
                        .header("Authorization", authorization)
                        .header("Content-Type", "text/plain")
                        .timeout(Duration.ofMinutes(1))
                        .POST(BodyPublishers.ofInputStream(() -> body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
    }

    private String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":correct horse of " + name).getBytes(UTF_8));
    }

    /** A body whose last bytes wait for a word. */
    private static final class Held extends InputStream {

        private static final int SIZE = 200_000;

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile long pauseMillis;
        private int sent;

        /** Waits until the server has reserved the submission, and a little of it has come. */
        void awaitBegin() throws InterruptedException {
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(1000);
        }

        void release() {
            released.countDown();
        }

        void dripFrom(Duration pause) {
            pauseMillis = pause.toMillis();
            released.countDown();
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                if (sent >= SIZE / 2) {
                    begun.countDown();
                    released.await();
                    Thread.sleep(pauseMillis);
                }
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
            if (sent >= SIZE) {
                return -1;
            }
            int count = Math.min(Math.min(length, pauseMillis > 0 ? 1000 : 10_000), SIZE - sent);
            for (int i = 0; i < count; i++) {
                buffer[offset + i] = 'x';
            }
            sent += count;
            return count;
        }
    }
}
