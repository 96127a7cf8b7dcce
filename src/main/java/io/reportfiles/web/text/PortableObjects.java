package io.reportfiles.web.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code .po} files that translators' programs write, as far as we use them: each text on one line. */
final class PortableObjects {

    private static final Pattern ENTRY = Pattern.compile("(?m)^msgid \"(.*)\"\\R^msgstr \"(.*)\"$");

    private PortableObjects() {}

    /** From {@code msgid} to {@code msgstr}, in the order of the file. */
    static Map<String, String> read(InputStream in) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        Matcher entry = ENTRY.matcher(new String(in.readAllBytes(), UTF_8));
        while (entry.find()) {
            texts.put(unescaped(entry.group(1)), unescaped(entry.group(2)));
        }
        return texts;
    }

    private static String unescaped(String text) {
        return text.replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
