package io.reportfiles.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicPathsTest {

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/logout", "/favicon.ico", "/assets/report-files.css", "/health/live"})
    void strangersGetToTheDoor(String path) {
        assertThat(PublicPaths.contains(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/api/me",
                "/files/1",
                "/console/",
                "/metrics",
                "/loginx",
                "/login/x",
                "/Assets/x",
                "/assets",
                "/assetsx/a",
                "/health",
                "/assets/../api/me",
                "/assets/..",
                "//assets/x",
                "/webjars/x/y.js"
            })
    void andNoFurther(String path) {
        assertThat(PublicPaths.contains(path)).isFalse();
    }
}
