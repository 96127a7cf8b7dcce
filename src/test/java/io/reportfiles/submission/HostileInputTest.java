package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.web.http.HeaderParameters;
import io.reportfiles.web.http.PercentEncoding;
import io.reportfiles.web.http.StrictUtf8;
import io.reportfiles.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** Whatever a client sends where a submission is parsed: it is understood, or refused with a problem, and nothing else. */
class HostileInputTest {

    private static final List<String> KNOWN = List.of("organisation", "year", "quarter", "section");

    @Property
    void aFormIsReadBackWhateverItHolds(
            @ForAll("fields") Map<String, String> fields,
            @ForAll("fileNames") String fileName,
            @ForAll("contents") byte[] content,
            @ForAll("boundaries") String boundary,
            @ForAll long chunks)
            throws IOException {
        Assume.that(!new String(content, ISO_8859_1).contains("\r\n--" + boundary));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> body.writeBytes(
                ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(UTF_8)));
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + fileName.replace("\"", "\\\"") + "\"\r\nContent-Type: text/csv\r\n\r\n")
                .getBytes(UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
        FormBody form = form(body.toByteArray(), boundary, chunks);
        SubmissionFields read = form.fields();
        assertThat(read.errors()).isEmpty();
        assertThat(read.find("filename"))
                .as("what a browser escapes is taken for escaped")
                .contains(fileName.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"));
        KNOWN.forEach(name -> assertThat(read.find(name)).isEqualTo(Optional.ofNullable(fields.get(name))));
        assertThat(form.file().bytes().readAllBytes()).isEqualTo(content);
        assertThat(form.isRead()).isTrue();
    }

    @Property
    void aFormOfAnythingIsReadOrRefused(
            @ForAll @Size(max = 25) List<@From("formPieces") String> pieces, @ForAll long chunks) {
        readForm(String.join("", pieces).getBytes(ISO_8859_1), "b", chunks);
    }

    @Property
    void aFormThatWasDamagedIsReadOrRefused(
            @ForAll("positions") int at, @ForAll("formPieces") String damage, @ForAll boolean instead) {
        String form = String.join(
                "\r\n",
                "--b",
                "Content-Disposition: form-data; name=\"year\"",
                "",
                "2026",
                "--b",
                "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"",
                "",
                "1,2,3",
                "--b--",
                "");
        int start = at % form.length();
        int end = Math.min(form.length(), start + (instead ? damage.length() : 0));
        readForm((form.substring(0, start) + damage + form.substring(end)).getBytes(ISO_8859_1), "b", at);
        readForm(form.substring(0, start).getBytes(ISO_8859_1), "b", at);
    }

    @Property
    void aBoundaryOfAnythingIsTakenOrRefused(@ForAll String boundary) {
        readForm(("--" + boundary + "\r\n\r\n\r\n--" + boundary + "--\r\n").getBytes(UTF_8), boundary, 0);
    }

    @Property
    void theHeadOfAPartOfAnythingIsReadOrRefused(@ForAll @Size(max = 20) List<@From("headPieces") String> pieces) {
        try {
            PartHead head = PartHead.parse(String.join("", pieces));
            assertThat(head.name()).isNotBlank();
        } catch (ProblemException e) {
            assertThat(e.errors()).hasSize(1);
        }
    }

    @Property
    void parametersAreReadBack(@ForAll @Size(max = 5) Map<@From("tokens") String, @From("fileNames") String> given) {
        Map<String, String> parameters = new LinkedHashMap<>();
        given.forEach((name, value) -> parameters.put(name, value.replaceAll("\\\\+$", "")));
        String header = "form-data"
                + parameters.entrySet().stream()
                        .map(entry ->
                                "; " + entry.getKey() + "=\"" + entry.getValue().replace("\"", "\\\"") + '"')
                        .collect(Collectors.joining());
        assertThat(HeaderParameters.parse(header)).isEqualTo(parameters);
    }

    @Property
    void parametersOfAnythingAreReadOrRefused(@ForAll @Size(max = 20) List<@From("headPieces") String> pieces) {
        try {
            assertThat(HeaderParameters.parse(String.join("", pieces))).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("parameter");
        }
    }

    @Property
    void percentEncodingIsReadBack(@ForAll @Size(max = 40) byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append("%%%02x".formatted(b & 0xFF));
        }
        assertThat(PercentEncoding.decode(text.toString())).contains(bytes);
    }

    @Property
    void percentEncodingOfAnythingIsBytesOrNothing(
            @ForAll String text, @ForAll @Size(max = 9) List<@From("escapes") String> escapes) {
        PercentEncoding.decode(text).ifPresent(bytes -> assertThat(bytes.length).isLessThanOrEqualTo(text.length()));
        String pieces = String.join("", escapes);
        PercentEncoding.decode(pieces).ifPresent(bytes -> assertThat(pieces).matches("(?:%[0-9a-fA-F]{2}|[^%])*"));
    }

    @Property
    void aQueryIsReadBack(@ForAll("texts") String value) {
        Assume.that(!value.isEmpty());
        SubmissionFields fields = QueryString.fields("x=%FF&filename=" + URLEncoder.encode(value, UTF_8) + "&&");
        assertThat(fields.errors()).isEmpty();
        assertThat(fields.find("filename")).contains(value);
    }

    @Property
    void aQueryOfAnythingIsReadOrNoted(
            @ForAll String text, @ForAll @Size(max = 9) List<@From("escapes") String> escapes) {
        for (String query :
                List.of(text, "year=" + text, "filename=" + String.join("", escapes), String.join("", escapes))) {
            SubmissionFields fields = QueryString.fields(query);
            KNOWN.forEach(fields::require);
            assertThat(fields.errors()).isNotEmpty();
        }
    }

    /** The JDK's own decoder says what UTF-8 is; what it takes it must give back, byte for byte. */
    @Property
    void utf8IsTakenIfItIsUtf8AndOnlyThen(@ForAll("nearlyUtf8") byte[] bytes) {
        Optional<String> text = StrictUtf8.decode(bytes);
        boolean replaced = !Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes);
        assertThat(text.isEmpty()).isEqualTo(replaced);
        text.ifPresent(decoded -> assertThat(decoded.getBytes(UTF_8)).isEqualTo(bytes));
    }

    private static void readForm(byte[] bytes, String boundary, long chunks) {
        try {
            FormBody form = form(bytes, boundary, chunks);
            SubmissionFields fields = form.fields();
            if (fields.errors().isEmpty()) {
                assertThat(form.file().bytes().readAllBytes().length).isLessThan(bytes.length);
                assertThat(form.isRead()).isTrue();
            }
        } catch (RefusedBodyException e) {
            assertThat(e.problem().getMessage()).isNotBlank();
        } catch (ProblemException e) {
            assertThat(e.errors()).isNotEmpty();
        } catch (IOException e) {
            throw new AssertionError("neither read nor refused", e);
        }
    }

    /** A form that arrives in pieces of any length. */
    private static FormBody form(byte[] bytes, String boundary, long chunks) throws IOException {
        Random random = new Random(chunks);
        InputStream pieces = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, length == 0 ? 0 : 1 + random.nextInt(Math.min(length, 40)));
            }
        };
        return new FormBody(new ClientBody(pieces, bytes.length, Paces.ANY), Optional.of(boundary), Optional.empty());
    }

    @Provide
    Arbitrary<Map<String, String>> fields() {
        return Arbitraries.maps(
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.of(KNOWN)),
                                Tuple.of(1, Arbitraries.of("button", "x y", "Jahr é"))),
                        texts())
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(12)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    @Provide
    Arbitrary<String> fileNames() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a",
                ".csv",
                "é",
                "報",
                "📈",
                "\"",
                "'",
                ";",
                "=",
                " ",
                "%22",
                "\\x",
                "/",
                ":",
                "\u202e",
                "filename=",
                "C:\\d\\e");
        return pieces.list().ofMinSize(1).ofMaxSize(8).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<byte[]> contents() {
        Arbitrary<String> pieces = Arbitraries.of(
                "\r\n",
                "\r",
                "\n",
                "-",
                "--",
                "\r\n-",
                "\r\n--",
                "--b",
                "\r\n--c",
                "1,2,3",
                "\u0000",
                "\u00ff",
                "x".repeat(5000));
        return pieces.list().ofMaxSize(12).map(list -> String.join("", list).getBytes(ISO_8859_1));
    }

    @Provide
    Arbitrary<String> boundaries() {
        return Arbitraries.strings().withChars("ab0'()+_,-./:=?").ofMinLength(1).ofMaxLength(70);
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, 10_000);
    }

    @Provide
    Arbitrary<String> formPieces() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "--b",
                        "--b--",
                        "\r\n",
                        "\n",
                        "\r",
                        "--",
                        "-",
                        "\r\n\r\n",
                        ": ",
                        "; ",
                        "\"",
                        "\\",
                        "'",
                        "Content-Disposition: form-data; name=\"year\"\r\n\r\n2026\r\n",
                        "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n1,2\r\n",
                        "Content-Disposition: form-data; name=\"file\"\r\n\r\n",
                        "Content-Type: multipart/mixed; boundary=x",
                        "Content-Disposition:",
                        "\u00ff",
                        "\u0000",
                        " "),
                Arbitraries.strings().withCharRange('\u0000', '\u00ff').ofMaxLength(10));
    }

    @Provide
    Arbitrary<String> headPieces() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "Content-Disposition: form-data",
                        "; name=",
                        "file",
                        "\"",
                        "\"file\"",
                        "; filename=",
                        "; filename*=",
                        "UTF-8''",
                        "%C3%A9",
                        "%",
                        "%FF",
                        "'",
                        ";",
                        "=",
                        "\\",
                        "\\\"",
                        "\r\n",
                        "\r\n ",
                        " ",
                        "\t",
                        "\r\n\r\n",
                        "Content-Type: ",
                        "multipart/",
                        "Content-Transfer-Encoding: base64",
                        "\u00c3\u00a9",
                        "\u00ff",
                        "\u0000"),
                Combinators.combine(
                                Arbitraries.of("\\", "\"", "\\\"", " ", ";", "a=", "'"),
                                Arbitraries.integers().between(1, 3000))
                        .as(String::repeat));
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("*-")
                .ofMinLength(1)
                .ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> escapes() {
        return Arbitraries.of(
                "%", "%4", "%41", "%c3%a9", "%FF", "%zz", "+", "&", "=", "year", "filename", "é", "報", "%00", ";");
    }

    @Provide
    Arbitrary<byte[]> nearlyUtf8() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a",
                "\u00c3\u00a9",
                "\u00c3",
                "\u00a9",
                "\u00ed\u00a0\u0080",
                "\u00c0\u0080",
                "\u00f0\u009f\u0093\u0088",
                "\u00f0\u009f\u0093",
                "\u00f4\u0090\u0080\u0080",
                "\u00ef\u00bb\u00bf",
                "\u00ef\u00bf\u00bd",
                "\u00ff",
                "\u0000");
        return pieces.list().ofMaxSize(8).map(list -> String.join("", list).getBytes(ISO_8859_1));
    }
}
