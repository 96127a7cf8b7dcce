package io.reportfiles.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSecretTest {

    @Test
    void secretsAreRecognisableAndNeverTheSame() {
        Set<String> seen = new HashSet<>();
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 1_000; i++) {
            TokenSecret secret = TokenSecret.generate(random);
            assertThat(secret.text()).matches("rf_[A-Za-z0-9_-]{43}");
            assertThat(TokenSecret.parse(secret.text())).contains(secret);
            seen.add(secret.text());
        }
        assertThat(seen).hasSize(1_000);
    }

    @Test
    void theHashIsSha256() {
        assertThat(TokenSecret.sha256("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void theTextIsNotPrinted() {
        TokenSecret secret = TokenSecret.generate(new SecureRandom());

        assertThat(secret.toString()).doesNotContain(secret.text().substring(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rf_", "xx_0123456789012345678901234567890123456789012", "rf_ü"})
    void otherTextsAreNoSecrets(String text) {
        assertThat(TokenSecret.parse(text)).isEmpty();
    }
}
