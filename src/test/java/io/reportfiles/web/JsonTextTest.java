package io.reportfiles.web;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.json.JsonException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    private static final String WHOLE = "{\"a\":{\"b\":[1,-2.5e3,true,null,\"x\\u00fc\"]},\"c\":\"ü\",\"a\":[]}";

    @Test
    void membersOfTheObjectAreTold() {
        assertThat(JsonText.read(WHOLE.getBytes(UTF_8)).members()).containsExactlyInAnyOrder("a", "c");
        assertThat(JsonText.read("[{\"a\":1}]".getBytes(UTF_8)).members()).isEmpty();
        assertThat(JsonText.read("{}".getBytes(UTF_8)).members()).isEmpty();
    }

    @ParameterizedTest
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(
            strings = {
                "{\"a\":{",
                "{\"a\":[",
                "{\"a\":[{",
                "{",
                "[",
                "",
                " ",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":\"",
                "{\"a\":1}}",
                "{\"a\":1}{",
                "{a:1}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1,}",
                "\u0000"
            })
    void textThatIsNotWholeIsRefused(String text) {
        assertRefused(text.getBytes(UTF_8));
    }

    @Property
    void textThatIsCutOffAnywhereIsRefused(@ForAll @IntRange(min = 0, max = 60) int length) {
        byte[] whole = WHOLE.getBytes(UTF_8);
        byte[] cut = Arrays.copyOf(whole, Math.min(length, whole.length - 1));
        assertRefused(cut);
    }

    @Test
    void otherEncodingsAreRefused() {
        assertRefused("{\"a\":1}".getBytes(UTF_16));
        assertRefused(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(JsonText.read(("[".repeat(32) + "]".repeat(32)).getBytes(UTF_8))
                        .members())
                .isEmpty();
        assertRefused(("[".repeat(33) + "]".repeat(33)).getBytes(UTF_8));
        assertRefused("[".repeat(60_000).getBytes(UTF_8));
        assertRefused("{\"a\":".repeat(10_000).getBytes(UTF_8));
    }

    @Test
    void numbersThatTakeLongAreRefused() {
        for (String number : new String[] {"1e999999999", "-1E-999999999", "1e101", "9".repeat(60_000)}) {
            assertRefused("{\"a\":%s}".formatted(number).getBytes(UTF_8));
        }
        assertThat(JsonText.read("{\"a\":5497558138880}".getBytes(UTF_8)).members())
                .containsExactly("a");
    }

    private static void assertRefused(byte[] octets) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> JsonText.read(octets)).isInstanceOf(JsonException.class));
    }
}
