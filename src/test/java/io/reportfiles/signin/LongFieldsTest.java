package io.reportfiles.signin;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.reportfiles.server.HostileText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Header fields of whoever signs in that keep a careless parser busy. */
class LongFieldsTest {

    private static final int LENGTH = 65_536;

    /** Each text takes less than a millisecond; a quadratic parser takes seconds for one. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    @Test
    void credentialsAreReadOrIgnored() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    Credentials.parse(List.of(text));
                }));
    }

    @Test
    void originsAreReadOrIgnored() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    SameOrigin.of(Optional.empty(), Optional.of(text), Optional.of(text));
                }));
    }

    @Test
    void addressesToReturnToAreReadOrIgnored() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    ReturnPath.parse("/" + text, "");
                }));
    }
}
