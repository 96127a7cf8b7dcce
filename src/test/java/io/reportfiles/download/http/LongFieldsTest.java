package io.reportfiles.download.http;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.reportfiles.server.HostileText;
import io.reportfiles.web.http.HttpDate;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Header fields of downloads that keep a careless parser busy. */
class LongFieldsTest {

    private static final int LENGTH = 65_536;

    /** Each text takes less than a millisecond; a quadratic parser takes seconds for one. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    @Test
    void rangesAreReadOrIgnored() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    RangeHeader.parse(text).ifPresent(ranges -> ranges.resolve(1_000));
                }));
    }

    @Test
    void entityTagsAreReadOrIgnored() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    EntityTag.parse(text);
                    EntityTag.parseList(text);
                }));
    }

    @Test
    void datesAreReadOrIgnored() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    HttpDate.parse(text, Clock.systemUTC());
                }));
    }
}
