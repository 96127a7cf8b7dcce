package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.reportfiles.web.http.PercentEncoding;
import io.reportfiles.web.http.StrictUtf8;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The file name that a form's {@code filename} parameter means. A header's value can't hold every name, so that programs
 * escape some, each in its own way: browsers write three characters in percent-encoding and no other (HTML standard,
 * "multipart/form-data encoding algorithm"), .NET and mail programs write all of it as encoded words (RFC 2047).
 */
final class FormFileName {

    /** A name that holds one of these itself can't be told from an escape; {@code filename*} has no such names. */
    private static final Map<String, String> ESCAPES = Map.of("%22", "\"", "%0D", "\r", "%0A", "\n");

    private static final Pattern ESCAPE = Pattern.compile("%22|%0D|%0A");

    /** Charset, encoding and text (RFC 2047 §2). */
    private static final Pattern WORD = Pattern.compile("=\\?([^?\\s]++)\\?([BbQq])\\?([^?\\s]*+)\\?=");

    private static final Pattern WORDS = Pattern.compile("(?:" + WORD.pattern() + "\\s*+)++");
    private static final Pattern UTF_8 = Pattern.compile("utf-8(?:\\*.*)?", Pattern.CASE_INSENSITIVE); // RFC 2231 §5

    private FormFileName() {}

    /**
     * The name as its sender has it.
     *
     * @throws IllegalArgumentException if it is in encoded words that can't be read
     */
    static String decode(String parameter) {
        if (!WORDS.matcher(parameter).matches()) {
            return ESCAPE.matcher(parameter).replaceAll(escape -> ESCAPES.get(escape.group()));
        }
        List<MatchResult> words = WORD.matcher(parameter).results().toList();
        StringBuilder bytes = new StringBuilder(); // of all words, for a character may begin in one and end in the next
        for (MatchResult word : words) {
            bytes.append(bytes(word).orElseThrow(() -> new IllegalArgumentException(parameter)));
        }
        return StrictUtf8.decode(bytes.toString().getBytes(ISO_8859_1))
                .orElseThrow(() -> new IllegalArgumentException(parameter));
    }

    /** The bytes of a word, each as one character; empty where it is in another charset or malformed. */
    private static Optional<String> bytes(MatchResult word) {
        if (!UTF_8.matcher(word.group(1)).matches()) {
            return Optional.empty();
        }
        if (word.group(2).equalsIgnoreCase("Q")) { // RFC 2047 §4.2
            return PercentEncoding.decode(
                            word.group(3).replace("%", "=25").replace('=', '%').replace('_', ' '))
                    .map(decoded -> new String(decoded, ISO_8859_1));
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(word.group(3).getBytes(US_ASCII));
            return Optional.of(new String(decoded, ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
