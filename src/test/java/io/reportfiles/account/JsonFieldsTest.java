package io.reportfiles.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reportfiles.access.Role;
import io.reportfiles.web.FieldError;
import io.reportfiles.web.ProblemException;
import jakarta.json.Json;
import java.io.StringReader;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

    @Test
    void withoutABodyThereIsNothingToRead() {
        assertThat(catchThrowableOfType(ProblemException.class, () -> new JsonFields(Optional.empty()))
                        .type()
                        .status())
                .isEqualTo(400);
    }

    private static JsonFields fields(String json) {
        return new JsonFields(
                Optional.of(Json.createReader(new StringReader(json)).readObject()));
    }
}
