package io.reportfiles.inspection;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text data: UTF-8 without control characters, and at least one line that is not blank. */
@ApplicationScoped
public class TextCheck implements SubmissionCheck {

    @Override
    public String name() {
        return "text";
    }

    @Override
    public Look begin() {
        return new TextLook();
    }

    private static final class TextLook implements Look {

        private static final int CHARACTERS = 8192;
        private static final int BYTE_ORDER_MARK = 0xFEFF;
        private static final int NOWHERE = -1;

        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
        private final CharBuffer characters = CharBuffer.allocate(CHARACTERS);
        private ByteBuffer rest = ByteBuffer.allocate(0); // the beginning of a character whose end is to come
        private long line = 1;
        private long malformedLine = NOWHERE;
        private long controlLine = NOWHERE;
        private boolean hasRecord;

        @Override
        public void take(byte[] bytes, int offset, int length) {
            if (malformedLine != NOWHERE) {
                return; // what follows can't be told from noise
            }
            ByteBuffer octets = ByteBuffer.allocate(rest.remaining() + length);
            octets.put(rest).put(bytes, offset, length).flip();
            decode(octets, false);
            rest = octets;
        }

        private void decode(ByteBuffer octets, boolean last) {
            CoderResult result;
            do {
                characters.clear();
                result = decoder.decode(octets, characters, last);
                characters.flip();
                while (characters.hasRemaining()) {
                    look(characters.get());
                }
            } while (result.isOverflow());
            if (result.isError()) {
                malformedLine = line;
            }
        }

        private void look(char c) {
            if (c == '\n') {
                line++;
            } else if (Character.isISOControl(c) && c != '\r' && c != '\t' && c != '\f') {
                controlLine = controlLine == NOWHERE ? line : controlLine;
            } else if (!Character.isWhitespace(c) && c != BYTE_ORDER_MARK) {
                hasRecord = true;
            }
        }

        @Override
        public List<String> reasons() {
            if (malformedLine == NOWHERE) {
                decode(rest, true);
            }
            List<String> reasons = new ArrayList<>();
            if (malformedLine != NOWHERE) {
                reasons.add("The file is not text in UTF-8: line %d can't be read.".formatted(malformedLine));
            }
            if (controlLine != NOWHERE) {
                reasons.add("The file is not text: line %d holds a control character.".formatted(controlLine));
            }
            if (!hasRecord && malformedLine == NOWHERE) {
                reasons.add("The file holds no record: all its lines are blank.");
            }
            return reasons;
        }
    }
}
