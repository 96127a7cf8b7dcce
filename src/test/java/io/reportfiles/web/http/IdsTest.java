package io.reportfiles.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    @Test
    void haveOneForm() {
        UUID id = UUID.randomUUID();
        assertThat(Ids.parse(id.toString())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "x",
                "5f0c8a4e-0000-4000-8000-00000000000",
                "{5f0c8a4e-0000-4000-8000-000000000000}"
            })
    void haveNoOther(String text) {
        assertThat(Ids.parse(text)).isEmpty();
    }
}
