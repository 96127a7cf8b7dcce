package io.reportfiles.download.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.config.DownloadSettings;
import io.reportfiles.download.StoredContent;
import io.reportfiles.download.http.Body;
import io.reportfiles.download.http.DownloadPlan;
import io.reportfiles.ledger.TransferOutcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a delivery holds, and has promised, while the database has not answered yet. */
public class DeliveriesTest {

    private static final int BUFFER = 8192;
    private static final int SLOTS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DownloadEngine engine =
            new DownloadEngine(new DownloadSettings(1 << 20, BUFFER, 4, SLOTS, PATIENCE, PATIENCE, PATIENCE, PATIENCE));
    private final List<String> told = new ArrayList<>();

    DeliveriesTest() {
        engine.start(Executors.defaultThreadFactory());
    }

    @AfterEach
    void stop() {
        engine.stop();
        assertThat(engine.slots().free()).isEqualTo(SLOTS);
        assertThat(engine.budget().reserved())
                .as("memory besides the threads' buffers")
                .isEqualTo(4 * BUFFER);
    }

    /** A database that is asked, and never says yes. */
    private final class Unnoted implements DeliveryLog {

        private final ScriptedStore store;

        Unnoted(ScriptedStore store) {
            this.store = store;
        }

        @Override
        public DownloadSubject name() {
            return new DownloadSubject("transfer 1", Optional.empty(), Set.of());
        }

        @Override
        public void awaitNoted() {
            told.add("%d slots free, %d streams open".formatted(engine.slots().free(), store.open.get()));
            throw new IllegalStateException("no database, on purpose");
        }

        @Override
        public void ended(TransferOutcome outcome, long sentBytes, OptionalInt damaged) {
            told.add(outcome + " " + sentBytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 100_000})
    void whatIsNotNotedIsNotPromisedAndHoldsNothingOfTheStore(int size) throws Exception {
        byte[] bytes = new byte[size];
        ScriptedStore store = new ScriptedStore(bytes);
        assertThatThrownBy(() -> deliver(store, bytes)).hasMessage("no database, on purpose");
        assertThat(told).containsExactly("2 slots free, 0 streams open", "INTERRUPTED 0");
        assertThat(store.open).hasValue(0);
    }

    @Test
    void theStoreIsAskedForASmallFileMeanwhile() throws Exception {
        byte[] bytes = new byte[100];
        ScriptedStore store = new ScriptedStore(bytes);
        assertThatThrownBy(() -> deliver(store, bytes)).hasMessage("no database, on purpose");
        assertThat(store.opened).hasSize(1);
    }

    private void deliver(ScriptedStore store, byte[] bytes) throws Exception {
        BodyReader reader = new BodyReader(
                Body.whole(bytes.length),
                List.of(new StoredContent(store, DownloadTest.stored(bytes))),
                any -> ReadAhead.off());
        new Deliveries(engine, request -> ReaderConnection.UNKNOWN)
                .deliver(
                        untouched(HttpServletRequest.class),
                        untouched(HttpServletResponse.class),
                        new DownloadPlan(HttpServletResponse.SC_OK, Map.of(), Body.whole(bytes.length)),
                        reader,
                        new Unnoted(store),
                        PATIENCE);
    }

    /** Nothing may be promised with it. */
    private static <T> T untouched(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, all) -> {
            throw new AssertionError(method + " was called");
        }));
    }
}
