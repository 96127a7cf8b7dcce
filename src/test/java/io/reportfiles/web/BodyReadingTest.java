package io.reportfiles.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BodyReadingTest {

    @Test
    void shortJsonArrivesWhole() throws IOException {
        for (int length : new int[] {0, 1, 65_536}) {
            assertThat(BodyReading.readShort(new ByteArrayInputStream(new byte[length])))
                    .hasSize(length);
        }
    }

    @Test
    void longJsonIsTooLarge() {
        assertThatThrownBy(() -> BodyReading.readShort(new ByteArrayInputStream(new byte[65_537])))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.type()).isEqualTo(ProblemType.CONTENT_TOO_LARGE));
    }
}
