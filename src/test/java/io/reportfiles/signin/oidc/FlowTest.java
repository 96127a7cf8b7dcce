package io.reportfiles.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTest {

    @Test
    void comesBackFromItsCookie() {
        Flow flow = Flow.begin(new SecureRandom(), "/files/1/a.csv?x=ä");

        assertThat(Flow.parse(flow.cookie())).contains(flow);
        assertThat(flow.cookie()).matches("[A-Za-z0-9._-]+");
        assertThat(flow.toString()).doesNotContain(flow.state(), flow.verifier());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "...", "a.b.c.d", "\"x\"", "<script>"})
    void otherCookiesAreNone(String cookie) {
        assertThat(Flow.parse(cookie)).isEmpty();
    }

    @Test
    void challengeIsThatOfTheStandard() {
        // RFC 7636, appendix B
        Flow flow = new Flow("", "", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "");

        assertThat(flow.challenge()).isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void isAnsweredByItsOwnStateOnly() {
        Flow flow = Flow.begin(new SecureRandom(), "");

        assertThat(flow.isAnsweredBy(flow.state())).isTrue();
        assertThat(flow.isAnsweredBy("")).isFalse();
        assertThat(flow.isAnsweredBy(Flow.begin(new SecureRandom(), "").state()))
                .isFalse();
    }
}
