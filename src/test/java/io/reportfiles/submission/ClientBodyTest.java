package io.reportfiles.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reportfiles.config.SenderSettings;
import io.reportfiles.web.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ClientBodyTest {

    @Test
    void wholeBodyIsRead() throws IOException {
        ClientBody body = new ClientBody(new ByteArrayInputStream(new byte[5]), 5, Paces.ANY);
        assertThat(body.isRead()).isFalse();
        assertThat(body.readAllBytes()).hasSize(5);
        assertThat(body.isRead()).isTrue();
    }

    @Test
    void bodyWithoutLengthIsReadWhenItEnds() throws IOException {
        ClientBody body = new ClientBody(new ByteArrayInputStream(new byte[5]), ClientBody.LENGTH_UNKNOWN, Paces.ANY);
        assertThat(body.readNBytes(5)).hasSize(5);
        assertThat(body.isRead()).isFalse();
        assertThat(body.read()).isEqualTo(-1);
        assertThat(body.isRead()).isTrue();
    }

    @Test
    void endBeforeTheAnnouncedLengthIsTheClientsFailure() {
        ClientBody body = new ClientBody(new ByteArrayInputStream(new byte[4]), 5, Paces.ANY);
        assertRefused(body, ProblemType.INVALID_INPUT);
        assertThat(body.isRead()).isFalse();
    }

    @Test
    void brokenConnectionIsTheClientsFailure() {
        assertRefused(failing(() -> new IOException("reset")), ProblemType.INVALID_INPUT);
        assertRefused(failing(() -> new IllegalStateException("gone")), ProblemType.INVALID_INPUT);
    }

    @Test
    void silenceIsATimeout() {
        assertRefused(failing(() -> new SocketTimeoutException("30 s")), ProblemType.REQUEST_TIMEOUT);
    }

    private static void assertRefused(ClientBody body, ProblemType type) {
        for (int attempt = 0; attempt < 2; attempt++) { // a parser may swallow the first and read on
            assertThatExceptionOfType(RefusedBodyException.class)
                    .isThrownBy(body::readAllBytes)
                    .satisfies(refused -> assertThat(refused.problem().type()).isEqualTo(type));
        }
    }

    @Test
    void senderThatTricklesIsTimedOut() {
        MinimumRate pace =
                new MinimumRate(new SenderSettings(9, 1, 1L << 30, Duration.ofNanos(1), Duration.ofHours(1)));
        ClientBody body = new ClientBody(new ByteArrayInputStream(new byte[5]), 5, pace);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(RefusedBodyException.class)
                    .isThrownBy(body::read)
                    .satisfies(refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.REQUEST_TIMEOUT));
        }
    }

    private static ClientBody failing(Supplier<Exception> failure) {
        return new ClientBody(
                new InputStream() {
                    private boolean failed;

                    @Override
                    public int read() throws IOException {
                        return read(new byte[1], 0, 1);
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        if (failed) {
                            return -1; // as a container that has given the connection up
                        }
                        failed = true;
                        Exception thrown = failure.get();
                        if (thrown instanceof RuntimeException unchecked) {
                            throw unchecked;
                        }
                        throw (IOException) thrown;
                    }
                },
                ClientBody.LENGTH_UNKNOWN,
                Paces.ANY);
    }
}
