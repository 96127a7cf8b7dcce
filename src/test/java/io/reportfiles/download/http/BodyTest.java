package io.reportfiles.download.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.download.http.Body.Content;
import io.reportfiles.download.http.Body.Framing;
import io.reportfiles.download.http.Body.Segment;
import io.reportfiles.download.http.ContentDisposition.Presentation;
import io.reportfiles.download.http.RequestHead.Method;
import io.reportfiles.storage.ByteRange;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The bytes of a body as a reader takes them apart again. */
class BodyTest {

    private static final String DIGEST = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    /** What framing may cost: a part's head of known fields, whose numbers have up to 19 digits each. */
    private static final int MOST_FRAMING_BYTES = 250;

    @Property
    void severalRangesAreReadBackByAParserOfMultipart(
            @ForAll @Size(min = 2, max = 70) List<@From("ranges") String> ranges,
            @ForAll @IntRange(max = 200) int size) {
        byte[] file = new byte[size];
        new Random(size).nextBytes(file);
        DownloadPlan plan = get(file.length, "bytes=" + String.join(",", ranges));
        byte[] body = bytes(plan.body(), file);
        if (plan.status() == 416) {
            assertThat(body).isEmpty();
            return;
        }
        assertThat(plan.fields()).containsEntry("Content-Length", Integer.toString(body.length));
        Matcher type = Pattern.compile("multipart/byteranges; boundary=([0-9A-Za-z'()+_,./:=?-]{1,70})")
                .matcher(plan.fields().get("Content-Type"));
        if (type.matches()) {
            Map<String, byte[]> parts = parts(body, type.group(1), file.length);
            assertThat(parts).hasSizeBetween(2, RangeHeader.MOST_RANGES);
            parts.forEach((range, content) -> assertThat(content).isEqualTo(slice(file, range)));
        } else if (plan.status() == 206) {
            assertThat(body).isEqualTo(slice(file, plan.fields().get("Content-Range")));
        } else {
            assertThat(body).isEqualTo(file);
        }
    }

    @Property
    void nothingIsAmplified(@ForAll @Size(max = 200) List<@From("ranges") String> ranges, @ForAll("sizes") long size) {
        Body body = get(size, "bytes=" + String.join(",", ranges)).body();
        long content = body.segments().stream()
                .filter(Content.class::isInstance)
                .mapToLong(Segment::length)
                .sum();
        long framing = body.length() - content;
        assertThat(content).isLessThanOrEqualTo(size);
        assertThat(framing).isLessThanOrEqualTo((RangeHeader.MOST_RANGES + 1L) * MOST_FRAMING_BYTES);
    }

    @Test
    void noDigitDependsOnTheServersLanguage() {
        DownloadPlan expected = get(1000, "bytes=0-9,20-29");
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat("%d".formatted(1)).as("a locale with digits of its own").isNotEqualTo("1");
            assertThat(get(1000, "bytes=0-9,20-29")).isEqualTo(expected);
            assertThat(get(1000, "bytes=0-9").fields()).containsEntry("Content-Range", "bytes 0-9/1000");
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void aBoundaryCanNotBeGuessedIntoTheContent() {
        Representation file = representation(1);
        assertThat(Body.boundary(file)).hasSizeLessThanOrEqualTo(70).contains(DIGEST.substring(0, 40));
    }

    private static DownloadPlan get(long size, String range) {
        return DownloadPlan.decide(
                new RequestHead(Method.GET, Map.of("Range", List.of(range)), Presentation.ATTACHMENT),
                representation(size),
                Clock.systemUTC());
    }

    private static Representation representation(long size) {
        return new Representation(size, DIGEST, Instant.EPOCH, "text/csv", "q3.csv");
    }

    private static byte[] bytes(Body body, byte[] file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Segment segment : body.segments()) {
            if (segment instanceof Framing framing) {
                bytes.writeBytes(Body.bytes(framing));
            } else if (segment instanceof Content content) {
                ByteRange range = content.range();
                bytes.write(file, (int) range.offset(), (int) range.length());
            }
        }
        return bytes.toByteArray();
    }

    /** RFC 2046 §5.1.1, read by the lengths that each part announces, since content is any bytes. */
    private static Map<String, byte[]> parts(byte[] body, String boundary, int size) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        String text = new String(body, ISO_8859_1);
        int at = 0;
        while (!text.startsWith("--" + boundary + "--\r\n", at)) {
            assertThat(text.startsWith("--" + boundary + "\r\n", at)).isTrue();
            int headEnd = text.indexOf("\r\n\r\n", at);
            List<String> head = Arrays.asList(text.substring(at, headEnd).split("\r\n", -1));
            assertThat(head).contains("Content-Type: text/csv");
            List<String> range = new ArrayList<>(head);
            range.removeIf(line -> !line.startsWith("Content-Range: "));
            String contentRange = range.get(0).substring("Content-Range: ".length());
            assertThat(contentRange).matches("bytes [0-9]+-[0-9]+/" + size);
            int length = slice(new byte[size], contentRange).length;
            int start = headEnd + 4;
            assertThat(parts.put(contentRange, Arrays.copyOfRange(body, start, start + length)))
                    .isNull();
            assertThat(text.substring(start + length)).startsWith("\r\n");
            at = start + length + 2;
        }
        assertThat(text.length()).isEqualTo(at + boundary.length() + 6);
        return parts;
    }

    private static byte[] slice(byte[] file, String contentRange) {
        List<Integer> numbers = Pattern.compile("[0-9]+")
                .matcher(contentRange)
                .results()
                .map(number -> Integer.valueOf(number.group()))
                .collect(Collectors.toList());
        return Arrays.copyOfRange(file, numbers.get(0), numbers.get(1) + 1);
    }

    @Provide
    Arbitrary<String> ranges() {
        Arbitrary<Integer> position = Arbitraries.integers().between(0, 220);
        return Arbitraries.oneOf(
                Combinators.combine(position, Arbitraries.integers().between(0, 9))
                        .as((a, b) -> a + "-" + (a + b)),
                position.map(a -> a + "-" + a),
                position.map(a -> a + "-"),
                position.map(a -> "-" + a));
    }

    @Provide
    Arbitrary<Long> sizes() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 300), Arbitraries.longs().between(0, Long.MAX_VALUE / 2));
    }
}
