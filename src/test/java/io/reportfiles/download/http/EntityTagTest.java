package io.reportfiles.download.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
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

    @Property
    void everyListIsReadBackHoweverItIsSpaced(
            @ForAll @Size(max = 12) List<@From("tags") EntityTag> tags,
            @ForAll @Size(min = 13, max = 13) List<@From("separators") String> separators) {
        StringBuilder text = new StringBuilder(separators.get(12).replaceFirst("^,", ""));
        for (int i = 0; i < tags.size(); i++) {
            text.append(i == 0 ? "" : separators.get(i)).append(tags.get(i));
        }
        assertThat(EntityTag.parseList(text.toString())).isEqualTo(tags);
        assertThat(EntityTag.parseList(text + separators.get(0))).isEqualTo(tags);
    }

    /** The grammar a second time, as a hand-written reader of one character after the other. */
    @Property
    void aListIsReadIfTheGrammarHasItAndOnlyThen(@ForAll("nearlyLists") String text) {
        assertThat(!EntityTag.parseList(text).isEmpty()).as(text).isEqualTo(isListWithTags(text));
    }

    @Property
    void noTextWhatsoeverIsAFailure(@ForAll String text) {
        EntityTag.parseList(text);
        EntityTag.parse(text).ifPresent(tag -> assertThat(tag).hasToString(text));
    }

    private static boolean isListWithTags(String text) {
        int tags = 0;
        boolean separated = true;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t') {
                i++;
            } else if (c == ',') {
                separated = true;
                i++;
            } else {
                int quote = text.startsWith("W/", i) ? i + 2 : i;
                int end = quote < text.length() && text.charAt(quote) == '"' ? text.indexOf('"', quote + 1) : -1;
                if (!separated || end < 0 || text.substring(quote, end).matches(".*[\\x00-\\x20\\x7f].*")) {
                    return false;
                }
                tags++;
                separated = false;
                i = end + 1;
            }
        }
        return tags > 0;
    }

    @Provide
    Arbitrary<EntityTag> tags() {
        Arbitrary<String> opaque =
                Arbitraries.strings().withChars("a,W/*'\\;é\u00ff日").ofMaxLength(6);
        return Combinators.combine(opaque, Arbitraries.of(true, false)).as(EntityTag::new);
    }

    @Provide
    Arbitrary<String> separators() {
        return Arbitraries.of(",", ", ", " ,", "\t,\t", ",,", " , ,, ");
    }

    @Provide
    Arbitrary<String> nearlyLists() {
        return Arbitraries.of("\"", "\"a\"", "W/", "W/\"b,c\"", ",", " ", "\t", "*", "a", "\u000b", "\"\"", "w/\"a\"")
                .list()
                .ofMaxSize(8)
                .map(pieces -> String.join("", pieces));
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
