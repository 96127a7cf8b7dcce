package io.reportfiles.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import io.reportfiles.server.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Downloads over HTTP/2 and TLS, as browsers make them. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class Http2IT {

    private static final byte[] SMALL = Reader.randomBytes(30_000);
    private static final byte[] LARGE = Reader.randomBytes(9_000_000);

    private static HttpClient http;
    private static Reader reader;
    private static String small;
    private static String large;

    @BeforeAll
    static void submit() throws Exception {
        http = HttpClient.newBuilder()
                .version(Version.HTTP_2)
                .sslContext(TrustsAnybody.context())
                .build();
        reader = Reader.create();
        small = reader.submitted("small.zip", SMALL);
        large = reader.submitted("large.zip", LARGE);
    }

    @AfterEach
    void lift() {
        Deployed.faults().lift();
    }

    @Test
    void filesAreDelivered() throws Exception {
        HttpResponse<byte[]> answer = get(large, BodyHandlers.ofByteArray());
        assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(LARGE.length);
        assertThat(answer.headers().allValues("Date")).hasSize(1);
        assertThat(answer.body()).isEqualTo(LARGE);
        assertThat(get(small, BodyHandlers.ofByteArray()).body()).isEqualTo(SMALL);
    }

    @Test
    void partsAreDelivered() throws Exception {
        HttpResponse<byte[]> answer = get(large, BodyHandlers.ofByteArray(), "Range", "bytes=1000000-4999999");
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes 1000000-4999999/9000000");
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(LARGE, 1_000_000, 5_000_000));
        assertThat(get(large, BodyHandlers.ofByteArray(), "Range", "bytes=9000000-")
                        .statusCode())
                .isEqualTo(416);
    }

    @Test
    void whatTheReaderHasIsNotSentAgain() throws Exception {
        HttpResponse<byte[]> head =
                http.send(request(large).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(LARGE.length);
        assertThat(head.body()).isEmpty();
        String tag = head.headers().firstValue("ETag").orElseThrow();
        assertThat(get(large, BodyHandlers.ofByteArray(), "If-None-Match", tag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void manyFilesPassOverOneConnection() throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            answers.add(http.sendAsync(request(i % 3 == 0 ? large : small).build(), BodyHandlers.ofByteArray()));
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get(60, TimeUnit.SECONDS).body()).isEqualTo(i % 3 == 0 ? LARGE : SMALL);
        }
    }

    @Test
    void aReaderWhoPausesGetsEveryByteInTheEnd() throws Exception {
        try (InputStream body = get(large, BodyHandlers.ofInputStream()).body()) {
            byte[] start = body.readNBytes(10_000);
            Thread.sleep(1000); // longer than a connection to S3 is kept
            assertThat(start).isEqualTo(Arrays.copyOf(LARGE, 10_000));
            assertThat(body.readAllBytes()).isEqualTo(Arrays.copyOfRange(LARGE, 10_000, LARGE.length));
        }
    }

    @Test
    void aShortBodyNeverLooksComplete() throws Exception {
        Deployed.faults().set(new Fault.StallAfter(2_500_000));
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (InputStream body = get(large, BodyHandlers.ofInputStream()).body()) {
            received.write(body.readNBytes(1_000_000));
            Deployed.faults().set(new Fault.Refuse());
            long since = System.nanoTime();
            assertThat(catchThrowable(() -> body.transferTo(received))).isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - since))
                    .as("healing time and at most a few seconds more")
                    .isLessThan(Duration.ofSeconds(25));
        }
        assertThat(received.size()).isLessThan(LARGE.length);
        assertThat(received.toByteArray()).isEqualTo(Arrays.copyOf(LARGE, received.size()));
        Deployed.faults().lift();
        Reader.lastTransfer(large, Reader.ended("STORAGE_FAILED"));
        assertThat(get(small, BodyHandlers.ofByteArray()).body())
                .as("what follows is not affected")
                .isEqualTo(SMALL);
    }

    private static <T> HttpResponse<T> get(String id, BodyHandler<T> handler, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(id);
        return Secrets.seen(http.send((headers.length == 0 ? request : request.headers(headers)).build(), handler));
    }

    private static HttpRequest.Builder request(String id) {
        return HttpRequest.newBuilder(URI.create(Deployed.secureUri() + "files/" + id))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", Reader.ADMIN);
    }
}
