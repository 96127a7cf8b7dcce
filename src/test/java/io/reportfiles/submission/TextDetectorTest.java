package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.reportfile.TextEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDetectorTest {

    private static final String LAYOUT = "\t\n\u000B\f\r\u001A";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "id,name\r\n1,Zoë\n",
                "Größe\tΑΣ 報告 📈\n",
                "\uFEFFa with a mark\n",
                "a\fpage\u000B\n\u001A",
                "12345678",
                "1234567é",
                "\uD7FF\uE000\uFFFF\u0800\u07FF\u0080",
            })
    void textIsKnownInUtf8AndInUtf16WithItsMark(String text) {
        assertThat(detected(text.getBytes(UTF_8))).contains(TextEncoding.UTF_8);
        if (!text.contains("\uFFFF")) {
            assertThat(detected(("\uFEFF" + text).getBytes(UTF_16LE))).contains(TextEncoding.UTF_16);
            assertThat(detected(("\uFEFF" + text).getBytes(UTF_16BE))).contains(TextEncoding.UTF_16);
        }
    }

    @Test
    void otherEncodingsAreNotTakenForOneOfThese() {
        String text = "Größe und Maß, zu prüfen\n";
        assertThat(detected(text.getBytes(ISO_8859_1))).isEmpty();
        assertThat(detected(text.getBytes(UTF_16LE))).as("without a mark").isEmpty();
        assertThat(detected("plain ASCII".getBytes(UTF_16LE))).as("valid UTF-8").isEmpty();
        assertThat(detected("plain ASCII".getBytes(UTF_16BE))).as("valid UTF-8").isEmpty();
        assertThat(detected("報告".getBytes(Charset.forName("Shift_JIS")))).isEmpty();
        assertThat(detected("報告".getBytes(Charset.forName("ISO-2022-JP"))))
                .as("seven bits and escapes")
                .isEmpty();
        assertThat(detected(text.getBytes(Charset.forName("IBM1047"))))
                .as("EBCDIC")
                .isEmpty();
        assertThat(detected(("\uFEFF" + text).getBytes(Charset.forName("UTF-32LE"))))
                .as("begins as UTF-16")
                .isEmpty();
        assertThat(detected(("\uFEFF" + text).getBytes(Charset.forName("UTF-32BE"))))
                .isEmpty();
    }

    @Test
    void halfACharacterIsNoText() {
        assertThat(detected(Arrays.copyOf("aé".getBytes(UTF_8), 2))).isEmpty();
        byte[] pair = "\uFEFF📈".getBytes(UTF_16BE);
        assertThat(detected(Arrays.copyOf(pair, 4))).isEmpty();
        assertThat(detected(Arrays.copyOf(pair, 5))).isEmpty();
        assertThat(detected(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xDC, (byte) 0xC8}))
                .isEmpty();
        assertThat(detected(new byte[] {(byte) 0xFE})).isEmpty();
    }

    /** What the JDK's decoders take, without control characters, is text, and nothing else is. */
    @Property
    void agreesWithTheJdkHoweverTheBytesAreCut(@ForAll("nearlyText") byte[] bytes, @ForAll long cuts) {
        boolean marked = bytes.length >= 2
                && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
                        || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE));
        Optional<TextEncoding> expected = isText(bytes, UTF_8)
                ? Optional.of(TextEncoding.UTF_8)
                : marked && isText(bytes, UTF_16) ? Optional.of(TextEncoding.UTF_16) : Optional.empty();
        assertThat(detected(bytes, new Random(cuts))).isEqualTo(expected);
        assertThat(detected(bytes)).isEqualTo(expected);
    }

    private static boolean isText(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .chars()
                    .noneMatch(c -> (c < ' ' && LAYOUT.indexOf(c) < 0) || (charset.equals(UTF_16) && c >= 0xFFFE));
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static Optional<TextEncoding> detected(byte[] bytes) {
        TextDetector detector = new TextDetector();
        detector.take(bytes, 0, bytes.length);
        return detector.found();
    }

    private static Optional<TextEncoding> detected(byte[] bytes, Random cuts) {
        TextDetector detector = new TextDetector();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, cuts.nextInt(11));
            byte[] buffer = new byte[length + 3];
            System.arraycopy(bytes, at, buffer, 3, length);
            detector.take(buffer, 3, length);
            at += length;
        }
        return detector.found();
    }

    @Provide
    Arbitrary<byte[]> nearlyText() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a",
                "some plain text",
                "\n",
                "é",
                "報",
                "📈",
                "\u00fe\u00ff",
                "\u00ff\u00fe",
                "\u0000",
                "\u001b",
                "\u007f");
        Arbitrary<byte[]> whole = pieces.list()
                .ofMaxSize(8)
                .flatMap(list -> Arbitraries.of(UTF_8, UTF_16BE, UTF_16LE, ISO_8859_1, US_ASCII)
                        .map(charset -> String.join("", list).getBytes(charset)));
        Arbitrary<byte[]> raw = Arbitraries.of(
                        "\u00ed\u00a0\u0080",
                        "\u00c0\u0080",
                        "\u00f4\u0090\u0080\u0080",
                        "\u00f0\u009f\u0093",
                        "\u00e0\u0080\u0080",
                        "\u00f0\u0080\u0080\u0080",
                        "\u00ff\u00fe\u00d8\u00d8",
                        "\u00fe\u00ff\u00d8=\u00dc\u0000",
                        "plain t",
                        "\u00c3\u00a9")
                .list()
                .ofMaxSize(4)
                .map(list -> String.join("", list).getBytes(ISO_8859_1));
        Arbitrary<byte[]> marked = whole.map(bytes -> {
            byte[] all = new byte[bytes.length + 2];
            all[0] = (byte) 0xFE;
            all[1] = (byte) 0xFF;
            System.arraycopy(bytes, 0, all, 2, bytes.length);
            return all;
        });
        return Arbitraries.oneOf(whole, raw, marked);
    }
}
