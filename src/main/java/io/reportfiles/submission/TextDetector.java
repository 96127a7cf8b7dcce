package io.reportfiles.submission;

import io.reportfiles.reportfile.TextEncoding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Finds out while bytes pass whether all of them are text in an encoding that bytes can prove. Text holds no control
 * characters but those that lay it out: so UTF-16 without its mark, or Japanese in ISO-2022, is not taken for the ASCII
 * that its bytes could be. For one thread.
 */
final class TextDetector {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;
    private static final long BLANKS = 0x2020_2020_2020_2020L;

    /** Tabs, ends of lines and pages, and the end of a file of DOS. */
    private static final int LAYOUT = 1 << '\t' | 1 << '\n' | 1 << 0x0B | 1 << '\f' | 1 << '\r' | 1 << 0x1A;

    private final Utf8 utf8 = new Utf8();
    private final Utf16 utf16 = new Utf16();
    private boolean mayBeUtf8 = true;
    private boolean mayBeUtf16 = true;

    /** Looks at the next bytes. */
    void take(byte[] bytes, int offset, int length) {
        mayBeUtf8 = mayBeUtf8 && utf8.take(bytes, offset, offset + length);
        mayBeUtf16 = mayBeUtf16 && utf16.take(bytes, offset, offset + length);
    }

    /** The encoding, if what has passed is all of a text. */
    Optional<TextEncoding> found() {
        if (mayBeUtf8 && utf8.isAtEnd()) {
            return Optional.of(TextEncoding.UTF_8);
        }
        return mayBeUtf16 && utf16.isAtEnd() ? Optional.of(TextEncoding.UTF_16) : Optional.empty();
    }

    private static boolean isText(int character) {
        return character >= ' ' || (LAYOUT >>> character & 1) == 1;
    }

    /** The well-formed byte sequences of the Unicode standard, table 3-7. */
    private static final class Utf8 {

        private static final int FIRST_CONTINUING = 0x80;
        private static final int LAST_CONTINUING = 0xBF;

        private int left; // bytes of the character that are to come
        private int lowest; // what the next of them may be
        private int highest;

        /** {@code false} if these bytes are no text. */
        boolean take(byte[] bytes, int start, int end) {
            for (int i = start; i < end; ) {
                if (left == 0 && i + Long.BYTES <= end && isVisibleAscii((long) EIGHT_BYTES.get(bytes, i))) {
                    i += Long.BYTES;
                } else if (!take(bytes[i++] & 0xFF)) {
                    return false;
                }
            }
            return true;
        }

        boolean isAtEnd() {
            return left == 0;
        }

        /** Whether each byte is at least a blank, and none has its highest bit set, by which it would not be ASCII. */
        private static boolean isVisibleAscii(long bytes) {
            return ((bytes | bytes - BLANKS) & HIGHEST_BITS) == 0;
        }

        private boolean take(int octet) {
            if (left > 0) {
                boolean continuing = octet >= lowest && octet <= highest;
                left--;
                lowest = FIRST_CONTINUING;
                highest = LAST_CONTINUING;
                return continuing;
            }
            if (octet < 0x80) {
                return isText(octet);
            }
            left = octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
            lowest = octet == 0xE0 ? 0xA0 : octet == 0xF0 ? 0x90 : FIRST_CONTINUING;
            highest = octet == 0xED ? 0x9F : octet == 0xF4 ? 0x8F : LAST_CONTINUING;
            return octet >= 0xC2 && octet <= 0xF4;
        }
    }

    /** Units of two bytes, the first of which is the mark; those of characters that need two come in pairs. */
    private static final class Utf16 {

        private static final int MARK = 0xFEFF;
        private static final int MARK_REVERSED = 0xFFFE;

        private int firstOctet;
        private boolean odd;
        private boolean marked;
        private boolean lowestFirst;
        private boolean halfCharacter;

        /** {@code false} if these bytes are no text. */
        boolean take(byte[] bytes, int start, int end) {
            for (int i = start; i < end; i++) {
                int octet = bytes[i] & 0xFF;
                if (odd && !takeUnit(lowestFirst ? octet << 8 | firstOctet : firstOctet << 8 | octet)) {
                    return false;
                }
                firstOctet = octet;
                odd = !odd;
            }
            return true;
        }

        boolean isAtEnd() {
            return marked && !odd && !halfCharacter;
        }

        private boolean takeUnit(int unit) {
            if (!marked) {
                marked = true;
                lowestFirst = unit == MARK_REVERSED;
                return unit == MARK || lowestFirst;
            }
            if (halfCharacter != Character.isLowSurrogate((char) unit)) {
                return false;
            }
            halfCharacter = Character.isHighSurrogate((char) unit);
            return isText(unit) && unit < MARK_REVERSED;
        }
    }
}
