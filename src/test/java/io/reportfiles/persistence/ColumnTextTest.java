package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnTextTest {

    @Test
    void isCut() {
        assertThat(ColumnText.cut("abc", 3)).isEqualTo("abc");
        assertThat(ColumnText.cut("abcd", 3)).isEqualTo("abc");
    }

    @Test
    void forgesNoLines() {
        assertThat(ColumnText.cut("a\r\nb\0c\u0085d\u2028e", 20)).isEqualTo("a  b c d e");
    }

    @Test
    void isNotCutWithinACharacter() {
        assertThat(ColumnText.cut("ab\uD83D\uDE00", 3)).isEqualTo("ab");
        assertThat(ColumnText.cut("ab\uD83D\uDE00", 4)).isEqualTo("ab\uD83D\uDE00");
    }
}
