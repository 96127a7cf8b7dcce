package io.reportfiles.account;

import java.text.Normalizer;
import java.util.Optional;

/**
 * A password as it is hashed, whichever keyboard it was typed on: the OpaqueString profile of RFC 8265 §4.2. A Mac may send an
 * accent as a character of its own where other systems send one character for both.
 */
final class PasswordText {

    private PasswordText() {}

    /** Composed (NFC), each kind of space as that of ASCII; case and width stay as they are. */
    static String prepare(String typed) {
        StringBuilder spaced = new StringBuilder(typed.length());
        typed.codePoints()
                .map(c -> Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
                .forEach(spaced::appendCodePoint);
        return Normalizer.normalize(spaced, Normalizer.Form.NFC);
    }

    /** What is wrong with the characters of a new password, if anything: one sentence. */
    static Optional<String> defectOf(String password) {
        if (password.codePoints().anyMatch(PasswordText::isControl)) {
            return Optional.of("A password has no control characters.");
        }
        return password.codePoints().allMatch(PasswordText::isCharacter)
                ? Optional.empty()
                : Optional.of("A password has no characters that Unicode does not know.");
    }

    private static boolean isControl(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** What is none today may be composed differently one day. */
    private static boolean isCharacter(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UNASSIGNED, Character.SURROGATE, Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
