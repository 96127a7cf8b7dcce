package io.reportfiles.download.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.download.http.ContentDisposition.Presentation;
import io.reportfiles.web.http.PortableName;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class ContentDispositionTest {

    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    @Test
    void namesThePlainFileTwice() {
        assertThat(attachment("report.csv"))
                .isEqualTo("attachment; filename=\"report.csv\"; filename*=UTF-8''report.csv");
    }

    @Test
    void accentsFallBackToTheirLetters() {
        assertThat(attachment("Übersicht é.csv"))
                .isEqualTo("attachment; filename=\"Ubersicht e.csv\"; filename*=UTF-8''%C3%9Cbersicht%20%C3%A9.csv");
    }

    @Test
    void otherScriptsFallBackToUnderscores() {
        assertThat(attachment("報告📈.pdf"))
                .isEqualTo("attachment; filename=\"___.pdf\"; filename*=UTF-8''%E5%A0%B1%E5%91%8A%F0%9F%93%88.pdf");
    }

    @Test
    void whatCouldEndTheQuotedNameIsReplaced() {
        assertThat(attachment("a\"; x=\\%41.txt"))
                .startsWith("attachment; filename=\"a__ x=__41.txt\"; ")
                .endsWith("UTF-8''a_%3B%20x%3D_%2541.txt");
    }

    @Test
    void inlineIsForHarmlessTypesOnly() {
        assertThat(ContentDisposition.of("a.txt", "text/plain;charset=UTF-8", Presentation.INLINE))
                .startsWith("inline;");
        assertThat(ContentDisposition.of("a.csv", "text/csv; charset=utf-8", Presentation.INLINE))
                .startsWith("inline;");
        assertThat(ContentDisposition.of("a.pdf", "application/pdf", Presentation.INLINE))
                .startsWith("inline;");
        assertThat(ContentDisposition.of("a.txt", "text/plain", Presentation.INLINE))
                .as("a text that the browser would have to guess at")
                .startsWith("attachment;");
        assertThat(ContentDisposition.of("a.html", "text/html; charset=utf-8", Presentation.INLINE))
                .startsWith("attachment;");
        assertThat(ContentDisposition.of("a.html", "text/html", Presentation.INLINE))
                .startsWith("attachment;");
    }

    @Test
    void marksFallBackWithTheirLettersOnly() {
        assertThat(attachment("x\u0302y.txt")).startsWith("attachment; filename=\"xy.txt\";");
        assertThat(attachment("\u0302.\u0302x")).startsWith("attachment; filename=\"_._x\";");
    }

    @Test
    void bothNamesAreThoseThatEveryDesktopTakes() {
        assertThat(attachment("aux.csv")).isEqualTo("attachment; filename=\"_aux.csv\"; filename*=UTF-8''_aux.csv");
        assertThat(attachment(".a:b?.csv")).isEqualTo("attachment; filename=\"_a_b_.csv\"; filename*=UTF-8''_a_b_.csv");
        assertThat(attachment("çon.csv"))
                .as("a device without the accent")
                .isEqualTo("attachment; filename=\"_con.csv\"; filename*=UTF-8''%C3%A7on.csv");
    }

    @Test
    void aSyllableIsOneUnderscore() {
        assertThat(attachment("한글.txt")).startsWith("attachment; filename=\"__.txt\";");
    }

    @Test
    void noSignIsReadOutOfAnother() {
        assertThat(attachment("a\u2260b\u226ec\u037ed.txt")).startsWith("attachment; filename=\"a_b_c_d.txt\";");
    }

    @Property
    void everyPortableNameSurvives(@ForAll("names") String name) {
        Map<String, String> parameters = parametersOf(attachment(name));
        assertThat(parameters).containsOnlyKeys("filename", "filename*");
        assertThat(extendedValue(parameters.get("filename*")))
                .isEqualTo(PortableName.of(name).value());
    }

    @Property
    void theFallbackIsTheNameWhereThatIsPlainAndMisleadsNobodyOtherwise(@ForAll("names") String name) {
        String fallback = parametersOf(attachment(name)).get("filename");
        String portable = PortableName.of(name).value();
        if (portable.matches("[ -~&&[^\"\\\\%;/]]*")) {
            assertThat(fallback).isEqualTo(portable);
        }
        assertThat(fallback).matches("[ -~&&[^\"\\\\%;/]]*");
        assertThat(fallback.isEmpty()).isEqualTo(name.isEmpty());
        assertThat(fallback.chars().filter(c -> c == '.').count())
                .as("no dot that is not the name's own")
                .isLessThanOrEqualTo(name.chars().filter(c -> c == '.').count());
    }

    @Property
    void aLineOfPrintableAsciiWhateverTheName(@ForAll("names") String name) {
        String header = attachment(name);
        assertThat(header).matches("[ -~]+");
        assertThat(header.length()).isLessThanOrEqualTo(60 + 13 * name.length());
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> pieces = Arbitraries.oneOf(
                Arbitraries.of(
                        "\"",
                        "\\",
                        "\\\"",
                        "%",
                        "%41",
                        "%22",
                        ";",
                        "; filename=x",
                        "'",
                        "''",
                        "UTF-8''x",
                        "\r\n",
                        "\n",
                        "\0",
                        "\u007f",
                        "\u0085",
                        "\u2028",
                        "\u202e",
                        "\u2066",
                        "\u200f",
                        "\ud800",
                        "\udc00",
                        "\udc00\ud800",
                        "é",
                        "e\u0301",
                        "\u0301",
                        "한",
                        "報",
                        "📈",
                        "ß",
                        "İ",
                        "ﬁ",
                        "Å",
                        "/",
                        "..",
                        ".",
                        " ",
                        ",",
                        "=?UTF-8?Q?x?=",
                        "\ufffe",
                        "\u0000",
                        "\udbff\udfff",
                        "مرحبا",
                        "\u00a0",
                        "+",
                        "*"),
                Arbitraries.strings().all().ofMaxLength(3),
                Arbitraries.strings().ascii().ofMaxLength(8));
        Arbitrary<String> usual = pieces.list().ofMaxSize(12).map(list -> String.join("", list));
        Arbitrary<String> veryLong = Combinators.combine(
                        pieces, Arbitraries.integers().between(100, 2000))
                .as(String::repeat);
        return Arbitraries.frequencyOf(Tuple.of(20, usual), Tuple.of(1, veryLong));
    }

    /** A recipient after RFC 6266 §4.1 and RFC 9110 §5.6: tokens and quoted strings, read character by character. */
    private static Map<String, String> parametersOf(String header) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher type = Pattern.compile(TOKEN).matcher(header);
        assertThat(type.lookingAt()).isTrue();
        int at = type.end();
        while (at < header.length()) {
            Matcher name = Pattern.compile("[ \\t]*;[ \\t]*(" + TOKEN + ")=").matcher(header);
            assertThat(name.region(at, header.length()).lookingAt())
                    .as(header.substring(at))
                    .isTrue();
            at = name.end();
            StringBuilder value = new StringBuilder();
            if (header.charAt(at) == '"') {
                for (at++; header.charAt(at) != '"'; at++) {
                    at += header.charAt(at) == '\\' ? 1 : 0;
                    value.append(header.charAt(at));
                }
                at++;
            } else {
                Matcher token = Pattern.compile(TOKEN).matcher(header);
                assertThat(token.region(at, header.length()).lookingAt()).isTrue();
                value.append(token.group());
                at = token.end();
            }
            assertThat(parameters.put(name.group(1), value.toString())).isNull();
        }
        return parameters;
    }

    /** A recipient after RFC 8187 §3.2.1. */
    private static String extendedValue(String value) {
        Matcher matcher = Pattern.compile("UTF-8''((?:%[0-9A-F]{2}|[A-Za-z0-9!#$&+.^_`|~-])*+)")
                .matcher(value);
        assertThat(matcher.matches()).as(value).isTrue();
        String text = matcher.group(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            boolean escaped = text.charAt(i) == '%';
            bytes.write(escaped ? Integer.parseInt(text.substring(i + 1, i + 3), 16) : text.charAt(i));
            i += escaped ? 2 : 0;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("not UTF-8: " + value, e);
        }
    }

    private static String attachment(String name) {
        return ContentDisposition.of(name, "text/csv", Presentation.ATTACHMENT);
    }
}
