package io.reportfiles.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNameTest {

    @Test
    void upperAndLowerCaseAreTheSameName() {
        assertThat(AccountName.parse("Anna.I@Example"))
                .isEqualTo(AccountName.parse("anna.i@example"))
                .contains(new AccountName("anna.i@example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:b", "-a", ".a", "ä", "a\u0000", "a\n", "\u0430nna", "a/b"})
    void otherTextsAreNoNames(String text) {
        assertThat(AccountName.parse(text)).isEmpty();
    }

    @Test
    void namesHaveAnEnd() {
        assertThat(AccountName.parse("a".repeat(64))).isPresent();
        assertThat(AccountName.parse("a".repeat(65))).isEmpty();
    }
}
