package io.reportfiles.web;

import io.reportfiles.web.http.StrictUtf8;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A JSON text that is whole, in UTF-8 (RFC 8259 §8.1), not deeply nested, and holds no number that takes long to compute.
 * Binding libraries skip members that they do not know, and one of them never finds the end of a text that was cut off
 * inside such a member; so every event is looked at before anything is bound.
 *
 * @param text the text
 * @param members the names of the members of its object, empty if it is none
 */
record JsonText(String text, Set<String> members) {

    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 40;
    private static final int LARGEST_SCALE = 100;

    JsonText {
        members = Set.copyOf(members);
    }

    /**
     * Reads one.
     *
     * @throws JsonException if it is not such a text
     */
    static JsonText read(byte[] octets) {
        String text = StrictUtf8.decode(octets).orElseThrow(() -> new JsonException("not UTF-8"));
        Set<String> members = new LinkedHashSet<>();
        int depth = 0;
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            boolean any = false;
            while (parser.hasNext()) {
                Event event = parser.next();
                any = true;
                switch (event) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    case KEY_NAME -> {
                        if (depth == 1) {
                            members.add(parser.getString());
                        }
                    }
                    case VALUE_NUMBER -> requireShort(parser.getString());
                    default -> {
                        // any text and literal will do
                    }
                }
                if (depth > DEEPEST) {
                    throw new JsonException("nested more than %d levels deep".formatted(DEEPEST));
                }
            }
            if (!any || depth != 0) {
                throw new JsonException("cut off");
            }
        }
        return new JsonText(text, members);
    }

    private static void requireShort(String number) {
        if (number.length() > LONGEST_NUMBER || Math.abs((long) new BigDecimal(number).scale()) > LARGEST_SCALE) {
            throw new JsonException("a number is too long");
        }
    }
}
