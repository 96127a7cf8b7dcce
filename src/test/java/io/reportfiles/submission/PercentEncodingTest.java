package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.web.http.PercentEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {

    @Test
    void escapesStandForBytes() {
        assertThat(PercentEncoding.decode("a%20b%c3%BC%00")).contains("a bü\0".getBytes(UTF_8));
    }

    @Test
    void textWithoutEscapesIsItself() {
        assertThat(PercentEncoding.decode("report.csv")).contains("report.csv".getBytes(UTF_8));
        assertThat(PercentEncoding.decode("")).contains(new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%4", "%zz", "%4z", "%+1", "%\uFF11\uFF11", "\u0100"})
    void brokenEscapeMeansNothing(String text) {
        assertThat(PercentEncoding.decode(text)).isEmpty();
    }
}
