package io.reportfiles.reportfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reportfiles.web.http.PortableName;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name under which a report file was submitted: one plain segment that is safe to show, to log and to put in a
 * header. Every way in asks {@link #parse} and nothing else whether it is one; {@link PortableName} is the name that it is
 * saved under. It names nothing in the store.
 *
 * @param value 1 to {@value #MAX_BYTES} bytes of UTF-8 in Unicode normalisation form C, without path separators, control,
 *     invisible or text-direction characters, not beginning or ending with a space, not ending with a dot
 */
public record FileName(String value) {

    /** The longest name that file systems take, in bytes of UTF-8; it has no more UTF-16 units than bytes. */
    public static final int MAX_BYTES = 255;

    // What older browsers send instead of the name alone: a path with a drive letter, or one on a Windows share.
    private static final Pattern WINDOWS_PATH = Pattern.compile("^(?:[A-Za-z]:|\\\\\\\\).*[\\\\/]", Pattern.DOTALL);

    // Invisible, but words of some scripts and many emoji are spelled with them.
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** Refuses everything that is not a safe name, with a sentence that may be shown to whoever sent it. */
    public FileName {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A file name is needed.");
        }
        value.codePoints().forEach(FileName::requirePlain);
        int bytes = value.getBytes(UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "The file name has %d bytes of UTF-8; file systems take at most %d.".formatted(bytes, MAX_BYTES));
        }
        if (value.indexOf('/') >= 0 || value.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("The file name holds a slash or a backslash; send the name alone.");
        }
        if (value.chars().allMatch(c -> c == '.')) {
            throw new IllegalArgumentException("The file name consists of dots only.");
        }
        if (isSpace(value.codePointAt(0)) || isSpace(value.codePointBefore(value.length())) || value.endsWith(".")) {
            throw new IllegalArgumentException(
                    "The file name begins or ends with a space, or ends with a dot, which some systems drop.");
        }
        if (!Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
            throw new IllegalArgumentException("The file name is not in Unicode normalisation form C.");
        }
    }

    /**
     * Takes a name as a client sends it: brings it into normalisation form C, and drops the directories of a full
     * Windows path. Any other path is refused rather than guessed at.
     *
     * @throws IllegalArgumentException if what remains is no safe name; the message may be shown to the client
     */
    public static FileName parse(String sent) {
        sent.codePoints().forEach(FileName::requireCharacter);
        String alone = WINDOWS_PATH.matcher(sent).replaceFirst("");
        return new FileName(Normalizer.normalize(alone, Normalizer.Form.NFC));
    }

    /** What follows the last dot, in lower case and without the dot; empty when nothing precedes or follows it. */
    public Optional<String> extension() {
        int dot = value.lastIndexOf('.');
        return dot < 1 ? Optional.empty() : Optional.of(value.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return value;
    }

    private static void requirePlain(int codePoint) {
        requireCharacter(codePoint);
        boolean refused = switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT -> codePoint != ZERO_WIDTH_NON_JOINER && codePoint != ZERO_WIDTH_JOINER;
            default -> false;
        };
        if (refused) {
            throw new IllegalArgumentException(
                    "The file name holds U+%04X; control, invisible and text-direction characters are not accepted."
                            .formatted(codePoint));
        }
    }

    /** Refuses half a character (an unpaired surrogate) and what Unicode keeps from ever being one. */
    private static void requireCharacter(int codePoint) {
        boolean nonCharacter = (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
        if (nonCharacter || Character.getType(codePoint) == Character.SURROGATE) {
            throw new IllegalArgumentException(
                    "The file name holds U+%04X, which is no character.".formatted(codePoint));
        }
    }

    private static boolean isSpace(int codePoint) {
        return Character.isSpaceChar(codePoint);
    }
}
