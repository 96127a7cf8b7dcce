package io.reportfiles.account;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reportfiles.access.Role;
import io.reportfiles.web.problem.FieldError;
import io.reportfiles.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    @Test
    void readsWhatIsThere() {
        JsonFields fields = fields("""
                {"name": "a", "at": "2030-01-01T00:00:00Z", "roles": ["reader", "ADMINISTRATOR"], "none": null}""");

        assertThat(fields.text("name", 5)).isEqualTo("a");
        assertThat(fields.optionalInstant("at")).contains(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(fields.choices("roles", Role.class)).containsExactly(Role.ADMINISTRATOR, Role.READER);
        assertThat(fields.optionalText("none", 5)).isEmpty();
        assertThat(fields.optionalText("absent", 5)).isEmpty();
        assertThatCode(fields::requireValid).doesNotThrowAnyException();
    }

    @Test
    void collectsEverythingThatIsWrong() {
        JsonFields fields = fields("""
                {"long": "abcdef", "number": 1, "control": "a\\u0000", "at": "tomorrow", "roles": ["KING"],
                 "roles2": "READER", "roles3": [1], "mispeled": 1}""");

        fields.text("absent", 5);
        fields.text("long", 5);
        fields.text("number", 5);
        fields.text("control", 5);
        fields.optionalInstant("at");
        fields.choices("roles", Role.class);
        fields.choices("roles2", Role.class);
        fields.choices("roles3", Role.class);

        ProblemException refusal = catchThrowableOfType(ProblemException.class, fields::requireValid);
        assertThat(refusal.errors())
                .extracting(FieldError::field)
                .containsExactly("absent", "long", "number", "control", "at", "roles", "roles2", "roles3", "mispeled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "1", "\"text\"", "{", "{\"a\": }", "\u0000", "[[[["})
    void whatIsNoObjectIsRefused(String body) {
        assertThat(statusOf(body.getBytes(UTF_8))).isEqualTo(400);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        assertThat(statusOf("{\"name\": \"ä\"}".getBytes(ISO_8859_1))).isEqualTo(400);
        assertThat(statusOf("{\"name\": \"ä\"}".getBytes(UTF_16))).isEqualTo(400);
    }

    @Test
    void deepBodiesAreRefused() {
        assertThat(statusOf("[".repeat(60_000).getBytes(UTF_8))).isEqualTo(400);
        assertThat(statusOf("{\"a\":".repeat(10_000).getBytes(UTF_8))).isEqualTo(400);
    }

    private static int statusOf(byte[] body) {
        return catchThrowableOfType(ProblemException.class, () -> JsonFields.read(new ByteArrayInputStream(body)))
                .type()
                .status();
    }

    private static JsonFields fields(String json) {
        return JsonFields.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
    }
}
