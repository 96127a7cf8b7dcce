package io.reportfiles.signin;

import static io.reportfiles.signin.SameOrigin.NO;
import static io.reportfiles.signin.SameOrigin.UNKNOWN;
import static io.reportfiles.signin.SameOrigin.YES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SameOriginTest {

    @ParameterizedTest
    @CsvSource({
        "http://files.example, files.example",
        "http://files.example:80, files.example",
        "http://files.example, files.example:80",
        "https://files.example, files.example:443",
        "http://FILES.example:8080, files.example:8080",
        "http://[::1]:8080, [::1]:8080",
        "https://files.example, files.example"
    })
    void ourOwnPagesAreRecognised(String origin, String host) {
        assertThat(SameOrigin.of(Optional.empty(), Optional.of(origin), Optional.of(host)))
                .isEqualTo(YES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://elsewhere.example",
                "http://files.example.elsewhere.example",
                "http://files.example:8081",
                "http://other.files.example",
                "http://somebody@files.example",
                "files.example",
                "http://",
                "http://files.example http://elsewhere.example"
            })
    void otherOriginsAreNot(String origin) {
        assertThat(SameOrigin.of(Optional.empty(), Optional.of(origin), Optional.of("files.example")))
                .isEqualTo(NO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-site", "cross-site", "none", "", "SAME-ORIGIN"})
    void theBrowsersOwnWordCounts(String fetchSite) {
        assertThat(SameOrigin.of(
                        Optional.of(fetchSite), Optional.of("http://files.example"), Optional.of("files.example")))
                .isEqualTo(NO);
    }

    @Test
    void behindAProxyThatChangesTheHostTheBrowsersWordStillCounts() {
        assertThat(SameOrigin.of(
                        Optional.of("same-origin"), Optional.of("https://files.example"), Optional.of("10.0.0.7:8080")))
                .isEqualTo(YES);
    }

    @Test
    void withoutAnyHeaderNobodyKnows() {
        assertThat(SameOrigin.of(Optional.empty(), Optional.empty(), Optional.of("files.example")))
                .isEqualTo(UNKNOWN);
        assertThat(SameOrigin.of(Optional.empty(), Optional.of("http://files.example"), Optional.empty()))
                .isEqualTo(NO);
    }

    @Test
    void onlyMethodsThatChangeNothingAreSafe() {
        assertThat(new String[] {"GET", "HEAD", "OPTIONS"}).allMatch(SameOrigin::isSafe);
        assertThat(new String[] {"POST", "PUT", "DELETE", "PATCH", "get", "ANYTHING"})
                .noneMatch(SameOrigin::isSafe);
    }
}
