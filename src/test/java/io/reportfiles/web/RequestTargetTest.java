package io.reportfiles.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/files/x/2026%20Q3.csv",
                "/files/x/%C3%A9t%C3%A9",
                "/a%3Bb=c/%F0%9F%93%84",
                "/a/latest;",
                "/%25"
            })
    void wellFormedPathHasNoDefect(String path) {
        assertThat(RequestTarget.defectOfPath(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a;b", "/;a=b/c", "/a;/b", "/a;;", "/;jsessionid=1"})
    void parametersOfASegmentAreADefect(String path) {
        assertThat(RequestTarget.defectOfPath(path))
                .hasValueSatisfying(why -> assertThat(why).contains("semicolon"));
        assertThat(RequestTarget.defectOfQuery(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%4", "/%zz", "/a%2", "/%%20"})
    void brokenEscapeIsADefect(String path) {
        assertThat(RequestTarget.defectOfPath(path))
                .hasValueSatisfying(why -> assertThat(why).contains("hexadecimal"));
        assertThat(RequestTarget.defectOfQuery(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/\u4e2d", "/%\u0663\u0663"})
    void characterPastAnOctetIsADefect(String path) {
        assertThat(RequestTarget.defectOfPath(path))
                .hasValueSatisfying(why -> assertThat(why).contains("not percent-encoded"));
        assertThat(RequestTarget.defectOfQuery(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%ff", "/%C3", "/%C0%80", "/%ED%A0%80", "/%F8%88%80%80%80", "/\u00e9"})
    void whatIsNotUtf8IsADefect(String path) {
        assertThat(RequestTarget.defectOfPath(path))
                .hasValueSatisfying(why -> assertThat(why).contains("UTF-8"));
        assertThat(RequestTarget.defectOfQuery(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%00", "/a%0d%0ab", "/%1f", "/\u0001"})
    void controlCharactersInAPathAreADefect(String path) {
        assertThat(RequestTarget.defectOfPath(path))
                .hasValueSatisfying(why -> assertThat(why).contains("control"));
    }

    @Test
    void queryMayHoldLineBreaksButNoNul() {
        assertThat(RequestTarget.defectOfQuery("q=a%0D%0Ab%09c")).isEmpty();
        assertThat(RequestTarget.defectOfQuery("q=%00")).isPresent();
    }

    @Test
    void characterBeyondOneOctetIsADefect() {
        assertThat(RequestTarget.defectOfQuery("q=\u20ac")).isPresent();
    }
}
