package io.reportfiles.signin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeenAccountTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final UUID ACCOUNT = new UUID(0, 7);

    private final SeenAccount seen = SeenAccount.begin(ACCOUNT, NOW, session());

    @Test
    void endsByItselfAfterAQuarterOfAnHour() {
        Instant end = NOW.plus(Duration.ofMinutes(15));
        assertThat(seen.until()).isEqualTo(end);
        assertThat(seen.isMeant(ACCOUNT.toString(), NOW)).isTrue();
        assertThat(seen.isMeant(ACCOUNT.toString(), end.minusMillis(1))).isTrue();
        assertThat(seen.isMeant(ACCOUNT.toString(), end)).isFalse();
    }

    @Test
    void isMeantByItsOwnIdAlone() {
        assertThat(seen.isMeant(new UUID(0, 8).toString(), NOW)).isFalse();
        assertThat(seen.isMeant("", NOW)).isFalse();
    }

    private static HttpSession session() {
        return (HttpSession) Proxy.newProxyInstance(
                SeenAccountTest.class.getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (proxy, method, arguments) -> null); // it is told to keep the value
    }
}
