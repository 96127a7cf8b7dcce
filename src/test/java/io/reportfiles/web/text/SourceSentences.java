package io.reportfiles.web.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The texts that stand in the sources of the application. */
final class SourceSentences {

    private static final Path SOURCES = Path.of("src/main/java/io/reportfiles");

    private static final String LITERAL = "\"((?:[^\"\\\\\n]|\\\\.)*)\"";
    private static final String LITERALS = LITERAL + "(?:\\s*\\+\\s*" + LITERAL + ")*";
    private static final Pattern TOKEN = Pattern.compile(
            "/\\*(?s:.*?)\\*/|\"\"\"(?s:.*?)\"\"\"|//.*|'(?:[^'\\\\]|\\\\.)+'|(?<text>" + LITERALS + ")");
    private static final Pattern SENTENCE = Pattern.compile("[A-Z%].*[a-z%] .*\\.");

    private SourceSentences() {}

    /** All of them; one that is put together of several with a plus as one. */
    static List<String> texts() throws IOException {
        return texts(path -> true);
    }

    private static List<String> texts(Predicate<Path> included) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(included)
                    .toList()) {
                Matcher token = TOKEN.matcher(Files.readString(file));
                while (token.find()) {
                    Optional.ofNullable(token.group("text"))
                            .map(SourceSentences::joined)
                            .ifPresent(texts::add);
                }
            }
        }
        return texts;
    }

    /** Those that look like something that a person is told. */
    static List<String> sentences() throws IOException {
        return texts(path -> !path.startsWith(SOURCES.resolve("config")))
                .stream() // what settings mean is documentation
                .filter(text -> SENTENCE.matcher(text).matches())
                .distinct()
                .toList();
    }

    private static String joined(String literals) {
        StringBuilder text = new StringBuilder();
        Pattern.compile(LITERAL).matcher(literals).results().forEach(part -> text.append(part.group(1)));
        return text.toString().replace("\\\"", "\"");
    }
}
