package io.reportfiles.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reportfiles.reportfile.FileName;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name that a file is offered to be saved under: that of its submission, with whatever some desktop can't have
 * replaced by an underscore. Windows is the strictest of them (Microsoft, "Naming Files, Paths, and Namespaces"); a dot at the
 * beginning hides a file elsewhere. Every way out asks {@link #of} and nothing else.
 *
 * @param value 1 to {@value FileName#MAX_BYTES} bytes of UTF-8 that every desktop takes as they are
 */
public record PortableName(String value) {

    private static final Pattern REFUSED = Pattern.compile("[<>:\"/\\\\|?*\\p{Cc}\\p{Cs}]");
    private static final Pattern HIDING = Pattern.compile("^[. ]++");
    private static final Pattern DROPPED = Pattern.compile("(?<![. ])[. ]++\\z");

    /** Names of devices, whatever follows the first dot; Windows takes the superscript digits for digits. */
    private static final Pattern DEVICE = Pattern.compile(
            "(?:CON|PRN|AUX|NUL|CLOCK\\$|CONIN\\$|CONOUT\\$|(?:COM|LPT)[0-9\\u00B9\\u00B2\\u00B3]) *(?:\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern JOINERS = Pattern.compile("[\\u200C\\u200D]");
    private static final String REPLACEMENT = "_";

    /** A longer one is taken for a part of the name, and shortened with it. */
    private static final int MAX_EXTENSION_BYTES = 32;

    /** The name for a file that was submitted as {@code name}; a portable name is its own. */
    public static PortableName of(String name) {
        String plain = REFUSED.matcher(name).replaceAll(REPLACEMENT);
        plain = HIDING.matcher(plain)
                .replaceAll(dots -> REPLACEMENT.repeat(dots.group().length()));
        plain = DROPPED.matcher(plain)
                .replaceAll(dots -> REPLACEMENT.repeat(dots.group().length()));
        if (DEVICE.matcher(plain).matches()) {
            plain = REPLACEMENT + plain;
        }
        return new PortableName(shortened(plain, ""));
    }

    /** This name with a number before the extension, for one that is not the first of its name. */
    public PortableName numbered(int number) {
        return new PortableName(shortened(value, " (%d)".formatted(number)));
    }

    /** Alike for names that some file system takes for the same: upper and lower case, composed or not. */
    public String folded() {
        String visible = JOINERS.matcher(value).replaceAll("");
        return Normalizer.normalize(visible, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }

    /** Puts {@code addition} before the extension, and leaves out as much of the end of the rest as is too long. */
    private static String shortened(String name, String addition) {
        int dot = name.lastIndexOf('.');
        int end = dot > 0 && bytes(name.substring(dot)) <= MAX_EXTENSION_BYTES ? dot : name.length();
        String extension = name.substring(end);
        int kept = fitting(name.substring(0, end), FileName.MAX_BYTES - bytes(addition) - bytes(extension));
        String stem = kept == end
                ? name.substring(0, end)
                : DROPPED.matcher(name.substring(0, kept)).replaceAll("");
        return stem + addition + extension;
    }

    /** How much of the beginning of {@code text}, in whole characters, has no more than so many bytes. */
    private static int fitting(String text, int bytes) {
        int end = 0;
        for (int left = bytes; end < text.length(); ) {
            int next = text.offsetByCodePoints(end, 1);
            left -= bytes(text.substring(end, next));
            if (left < 0) {
                break;
            }
            end = next;
        }
        return end;
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
