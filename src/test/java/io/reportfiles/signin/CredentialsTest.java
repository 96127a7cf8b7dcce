package io.reportfiles.signin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.account.Passwords;
import io.reportfiles.account.TokenSecret;
import io.reportfiles.signin.Credentials.TokenCredential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    @Test
    void basicIsNameAndPasswordInUtf8() {
        assertThat(Credentials.parse(List.of(basic("anna:pässwörd:with colon"))))
                .get()
                .isInstanceOfSatisfying(UsernamePasswordCredential.class, credential -> {
                    assertThat(credential.getCaller()).isEqualTo("anna");
                    assertThat(credential.getPasswordAsString()).isEqualTo("pässwörd:with colon");
                });
    }

    @Test
    void schemesAreNamedInAnyCase() {
        String secret = TokenSecret.generate(new SecureRandom()).text();

        assertThat(Credentials.parse(List.of(basic("a:b").replace("Basic", "bASIC"))))
                .isPresent();
        assertThat(Credentials.parse(List.of("bearer   " + secret)))
                .contains(new TokenCredential(new TokenSecret(secret)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no colon", ":no name", "control\u0001character:x", "nul:\u0000", "a:b\r\nc", ""})
    void namesAndPasswordsThatNobodyHasAreRefused(String pair) {
        assertThat(Credentials.parse(List.of(basic(pair)))).isEmpty();
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        String latin1 = Base64.getEncoder().encodeToString("anna:pässwort".getBytes(ISO_8859_1));

        assertThat(Credentials.parse(List.of("Basic " + latin1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic !!!",
                "Basic YTpi=",
                "Bearer",
                "Bearer rf_short",
                "Bearer eyJhbGciOiJub25lIn0.e30.",
                "Digest username=\"anna\"",
                "Negotiate abc"
            })
    void otherSchemesAndMalformedValuesAreRefused(String header) {
        assertThat(Credentials.parse(List.of(header))).isEmpty();
    }

    @Test
    void overlongAndRepeatedHeadersAreRefused() {
        assertThat(Credentials.parse(List.of(basic("a:" + "b".repeat(100_000)))))
                .isEmpty();
        assertThat(Credentials.parse(List.of(basic("a:b"), basic("a:b")))).isEmpty();
    }

    @Test
    void theLongestPasswordFits() {
        assertThat(Credentials.parse(List.of(basic("n".repeat(64) + ":" + "€".repeat(Passwords.MAX_LENGTH)))))
                .isPresent();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }
}
