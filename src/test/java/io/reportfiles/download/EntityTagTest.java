package io.reportfiles.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

    @Test
    void readsStrongAndWeakTags() {
        assertThat(EntityTag.parse("\"a,b\"")).contains(new EntityTag("a,b", false));
        assertThat(EntityTag.parse("W/\"a\"")).contains(new EntityTag("a", true));
        assertThat(EntityTag.parse("\"\"")).contains(new EntityTag("", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"a", "w/\"a\"", "W/ \"a\"", "\"a\"b", "\"a b\"", "*"})
    void refusesWhatIsNoTag(String text) {
        assertThat(EntityTag.parse(text)).isEmpty();
    }

    @Test
    void readsListsWithEmptyElementsAndAnySpacing() {
        assertThat(EntityTag.parseList(" , \"a\" ,,W/\"b,c\"\t,\"d\" , "))
                .containsExactly(new EntityTag("a", false), new EntityTag("b,c", true), new EntityTag("d", false));
        assertThat(EntityTag.parseList("\"a\",\"b\"")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "\"a\" \"b\"", "\"a\", b", "\"a\", *", "x\"a\"", "\"a\";\"b\""})
    void aListThatIsMalformedAnywhereHoldsNothing(String text) {
        assertThat(EntityTag.parseList(text)).isEmpty();
    }

    @Test
    void comparesAsRfc9110Tabulates() {
        EntityTag weak1 = new EntityTag("1", true);
        EntityTag weak2 = new EntityTag("2", true);
        EntityTag strong1 = EntityTag.strong("1");
        assertThat(weak1.matchesStrongly(weak1)).isFalse();
        assertThat(weak1.matchesWeakly(weak1)).isTrue();
        assertThat(weak1.matchesWeakly(weak2)).isFalse();
        assertThat(weak1.matchesStrongly(strong1)).isFalse();
        assertThat(weak1.matchesWeakly(strong1)).isTrue();
        assertThat(strong1.matchesStrongly(strong1)).isTrue();
    }
}
