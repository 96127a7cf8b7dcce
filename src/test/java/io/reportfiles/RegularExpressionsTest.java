package io.reportfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.HostileText;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No regular expression takes more than linear time, whatever it is shown: each is counted how often it looks at a
 * character. And none repeats a group in the way in which Java's takes stack for every turn.
 */
class RegularExpressionsTest {

    private static final Path SOURCES = Path.of("src/main/java");

    /** What looks for an expression anywhere in a text. */
    private static final Pattern SEARCH = Pattern.compile("\\.(?:find\\(\\)|results\\(\\)|replaceAll|replaceFirst)");

    private static final int LENGTH = 8_192;

    /** How often each character may be looked at; the bounded repetitions of some begin anew at each. */
    private static final int LOOKS = 80;

    /** A group that is repeated without end, unless possessively. */
    private static final Pattern REPEATED_GROUP = Pattern.compile("[^\\\\]\\)(?:[*+]|\\{\\d+,})(?!\\+)");

    /** What takes a regular expression. */
    private static final Pattern JAVA_USE = Pattern.compile(
            "(?:Pattern\\.(?:compile|matches)|\\.matches|\\.replaceAll|\\.replaceFirst|\\.split|regexp =)\\s*\\(?\\s*((?:\"(?:\\\\.|[^\"\\\\])*+\"\\s*\\+?\\s*)++)");

    private static final Pattern SCRIPT_USE =
            Pattern.compile("[(=:?&|,!]\\s*+/((?:\\\\.|[^/*\\\\\\n])(?:\\\\.|[^/\\\\\\n])*+)/[dgimsuvy]*+");

    private static final class Counted implements CharSequence {

        private final String text;
        private final long most;
        private long looks;

        Counted(String text, long most) {
            this.text = text;
            this.most = most;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks > most) {
                throw new IllegalStateException("too many looks");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A regular expression, and whether it is looked for anywhere in a text. */
    private record Expression(Pattern pattern, boolean isSearchedFor) {

        boolean isLinearFor(String text) {
            return isLinear(pattern, text, Matcher::matches)
                    && isLinear(pattern, text, Matcher::lookingAt)
                    && (!isSearchedFor || isLinear(pattern, text, RegularExpressionsTest::findAll));
        }
    }

    @Test
    void noneTakesMoreThanLinearTime() throws Exception {
        List<Expression> expressions = expressions();
        assertThat(expressions).hasSizeGreaterThan(50);
        List<String> slow = new ArrayList<>();
        for (Expression expression : expressions) {
            HostileText.of(LENGTH)
                    .filter(text -> !expression.isLinearFor(text))
                    .findFirst()
                    .ifPresent(text -> slow.add(expression + "   with   " + text.substring(0, 40)));
        }
        assertThat(slow).isEmpty();
    }

    private static boolean isLinear(Pattern pattern, String text, Consumer<Matcher> use) {
        try {
            use.accept(pattern.matcher(new Counted(text, (long) LOOKS * text.length())));
            return true;
        } catch (IllegalStateException | StackOverflowError tooMuch) {
            return false;
        }
    }

    private static void findAll(Matcher matcher) {
        while (matcher.find()) {
            // on to the next one
        }
    }

    /** Those that classes keep, and those that stand where they are used. */
    private static List<Expression> expressions() throws IOException, ReflectiveOperationException {
        List<Expression> expressions = new ArrayList<>();
        for (Path source : files(SOURCES, ".java")) {
            String text = Files.readString(source);
            boolean searches = SEARCH.matcher(text).find();
            for (Pattern kept : kept(source)) {
                expressions.add(new Expression(kept, searches));
            }
            JAVA_USE.matcher(text)
                    .results()
                    .filter(use -> !use.group().startsWith("Pattern.compile")) // those are kept
                    .forEach(use -> expressions.add(new Expression(
                            Pattern.compile(literal(use)),
                            use.group().startsWith(".split")
                                    || SEARCH.matcher(use.group()).find())));
        }
        return expressions;
    }

    private static List<Pattern> kept(Path source) throws ReflectiveOperationException {
        String name = SOURCES.relativize(source).toString().replace('/', '.').replaceAll("\\.java$", "");
        if (name.endsWith("package-info")) {
            return List.of();
        }
        List<Pattern> patterns = new ArrayList<>();
        for (Class<?> type : withMembers(Class.forName(name))) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == Pattern.class && Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    patterns.add((Pattern) field.get(null));
                }
            }
        }
        return patterns;
    }

    private static List<Class<?>> withMembers(Class<?> type) {
        List<Class<?>> types = new ArrayList<>(List.of(type));
        for (Class<?> member : type.getDeclaredClasses()) {
            types.addAll(withMembers(member));
        }
        return types;
    }

    @Test
    void noneRepeatsAGroupInAWayThatTakesStack() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : files(SOURCES, ".java")) {
            JAVA_USE.matcher(Files.readString(source))
                    .results()
                    .map(RegularExpressionsTest::literal)
                    .filter(literal -> REPEATED_GROUP.matcher(literal).find())
                    .forEach(literal -> found.add(source + ": " + literal));
        }
        for (Path script : files(Path.of("webapp/assets"), ".js")) {
            SCRIPT_USE
                    .matcher(Files.readString(script))
                    .results()
                    .map(use -> use.group(1))
                    .filter(literal -> REPEATED_GROUP.matcher(literal).find())
                    .forEach(literal -> found.add(script + ": " + literal));
        }
        assertThat(found).isEmpty();
    }

    /** Those of scripts that Java understands as well, which are all so far. */
    @Test
    void noneOfAScriptTakesMoreThanLinearTime() throws IOException {
        List<String> literals = new ArrayList<>();
        for (Path script : files(Path.of("webapp/assets"), ".js")) {
            SCRIPT_USE.matcher(Files.readString(script)).results().forEach(use -> literals.add(use.group(1)));
        }
        assertThat(literals).hasSizeGreaterThan(8);
        assertThat(literals)
                .allMatch(literal -> HostileText.of(LENGTH)
                        .allMatch(text -> isLinear(Pattern.compile(literal), text, RegularExpressionsTest::findAll)));
    }

    private static String literal(MatchResult use) {
        StringBuilder literal = new StringBuilder();
        Pattern.compile("\"((?:\\\\.|[^\"\\\\])*+)\"")
                .matcher(use.group(1))
                .results()
                .forEach(part -> literal.append(part.group(1).translateEscapes()));
        return literal.toString();
    }

    private static List<Path> files(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
