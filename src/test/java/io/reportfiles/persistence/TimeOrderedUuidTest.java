package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedUuidTest {

    private static final Instant TIME = Instant.parse("2022-02-22T19:22:22Z"); // as in RFC 9562, appendix A.6

    @Test
    void beginsWithTheTime() {
        assertThat(TimeOrderedUuid.at(TIME).toString()).startsWith("017f22e2-79b0-7");
    }

    @Test
    void saysWhatItIs() {
        assertThat(Stream.generate(() -> TimeOrderedUuid.at(TIME)).limit(100))
                .allMatch(uuid -> uuid.version() == 7 && uuid.variant() == 2);
    }

    @Test
    void isAnotherOneEachTime() {
        assertThat(Stream.generate(() -> TimeOrderedUuid.at(TIME)).limit(10_000))
                .doesNotHaveDuplicates();
    }

    @Test
    void laterOnesComeLater() {
        UUID later = TimeOrderedUuid.at(TIME.plusMillis(1));

        assertThat(Stream.generate(() -> TimeOrderedUuid.at(TIME)).limit(100).map(UUID::toString))
                .allMatch(earlier -> earlier.compareTo(later.toString()) < 0);
    }
}
