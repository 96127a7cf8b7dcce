package io.reportfiles.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.operations.StorageCheckResource.FindingJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerCheckTest {

    private static final ServerListener OPEN =
            new ServerListener("open", Optional.empty(), Optional.empty(), Optional.of(200));

    @Test
    void whatLimitsNothingIsGood() {
        assertThat(ServerCheck.judge(List.of(OPEN)))
                .extracting(FindingJson::verdict)
                .containsExactly("GOOD", "GOOD", "GOOD");
    }

    @Test
    void whatStandsInTheWayIsNamedWithItsListener() {
        ServerListener stock = new ServerListener(
                "http-listener", Optional.of(Duration.ofMinutes(15)), Optional.of(10_485_760L), Optional.of(32));
        assertThat(ServerCheck.judge(List.of(OPEN, stock)))
                .containsExactly(
                        new FindingJson("SERVER_TIME_LIMIT", "ADVISABLE", "http-listener ends a request after PT15M."),
                        new FindingJson(
                                "SERVER_BODY_LIMIT",
                                "ADVISABLE",
                                "http-listener refuses requests of more than 10485760 bytes."),
                        new FindingJson("SERVER_THREADS", "ADVISABLE", "http-listener works on 32 requests at once."));
    }

    @Test
    void threadsThatOneListenerDoesNotTellAreNotCalledGood() {
        ServerListener silent = new ServerListener("silent", Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(ServerCheck.judge(List.of(OPEN, silent)))
                .last()
                .isEqualTo(new FindingJson("SERVER_THREADS", "UNKNOWN", "The server does not tell."));
        ServerListener narrow = new ServerListener("narrow", Optional.empty(), Optional.empty(), Optional.of(32));
        assertThat(ServerCheck.judge(List.of(narrow, silent)))
                .last()
                .isEqualTo(new FindingJson("SERVER_THREADS", "ADVISABLE", "narrow works on 32 requests at once."));
    }

    @Test
    void serverThatDoesNotTellIsNotCalledGood() {
        assertThat(ServerCheck.judge(ServerListeners.find(ServerCheckTest.class)))
                .extracting(FindingJson::verdict)
                .containsExactly("UNKNOWN", "UNKNOWN", "UNKNOWN");
    }

    @Test
    void zeroOrLessIsNoLimit() {
        assertThat(ServerListener.limit("-1")).isEmpty();
        assertThat(ServerListener.limit(0)).isEmpty();
        assertThat(ServerListener.limit(900L)).contains(900L);
    }
}
