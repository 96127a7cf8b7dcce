package io.reportfiles.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/console/",
                "/files/0f6f9e6e-6f0a-4a52-9c59-1f8e3d3f2b11/report%20Q3.csv",
                "/api/report-files?organisation=a&q=%C3%A4&sort=-name",
                "/a//b",
                "/loginx",
                "/console/login"
            })
    void pathsOfTheApplicationAreKept(String path) {
        assertThat(ReturnPath.parse(path, "")).contains(new ReturnPath(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "console",
                "https://elsewhere.example/",
                "//elsewhere.example/",
                "///elsewhere.example/",
                "/\\elsewhere.example/",
                "\\\\elsewhere.example/",
                "/a\\b",
                "javascript:alert(1)",
                "/\t/elsewhere.example",
                "/a\r\nSet-Cookie: a=b",
                "/ä",
                "/a b",
                "/a#b",
                "/\"onmouseover=",
                "/<script>",
                "/login",
                "/login?return=/login",
                "/login;a=b",
                "/logout"
            })
    void everythingElseIsRefused(String text) {
        assertThat(ReturnPath.parse(text, "")).isEmpty();
    }

    @Test
    void theWayBackLeadsIntoTheSameApplication() {
        assertThat(ReturnPath.parse("/report-files/files/1", "/report-files")).isPresent();
        assertThat(ReturnPath.parse("/report-files/login", "/report-files")).isEmpty();
        assertThat(ReturnPath.parse("/report-files", "/report-files")).isEmpty();
        assertThat(ReturnPath.parse("/report-files-2/", "/report-files")).isEmpty();
        assertThat(ReturnPath.parse("/other/", "/report-files")).isEmpty();
    }

    @Test
    void overlongPathsAreRefused() {
        assertThat(ReturnPath.parse("/" + "a".repeat(2_000), "")).isEmpty();
    }
}
