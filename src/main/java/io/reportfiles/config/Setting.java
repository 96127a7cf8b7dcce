package io.reportfiles.config;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One thing that can be configured: how it is called, what it accepts, what it means.
 *
 * @param <T> what its text stands for
 * @param name the property name
 * @param fallback the text that counts when nothing is configured; empty for a setting that may be absent
 * @param accepts the accepted values, in words that fit behind "expected"
 * @param meaning what it does, in Markdown, for the operator's table
 * @param secret whether its value must not be shown
 * @param parser from text to value; throws an {@link IllegalArgumentException} for what is not accepted
 */
record Setting<T>(
        String name,
        Optional<String> fallback,
        String accepts,
        String meaning,
        boolean secret,
        Function<String, T> parser) {

    private static <T> Setting<T> of(String name, String accepts, Function<String, T> parser) {
        return new Setting<>(name, Optional.empty(), accepts, "", false, parser);
    }

    /** Any text that matches as a whole. */
    static Setting<String> text(String name, String pattern, String accepts) {
        Pattern compiled = Pattern.compile(pattern);
        return of(name, accepts, text -> {
            require(compiled.matcher(text).matches());
            return text;
        });
    }

    /** Any text that must not be shown. */
    static Setting<Secret> secret(String name) {
        return new Setting<>(name, Optional.empty(), "a text", "", true, Secret::new);
    }

    /** An absolute http or https address without credentials or query. */
    static Setting<URI> address(String name) {
        return of(name, "an address beginning with http:// or https://", text -> {
            URI address = URI.create(text);
            require(address.getScheme() != null && address.getScheme().matches("(?i)https?"));
            require(address.getHost() != null && address.getRawUserInfo() == null && address.getRawQuery() == null);
            return address;
        });
    }

    /** Yes or no, in the words MicroProfile Config knows. */
    static Setting<Boolean> flag(String name) {
        return of(name, "`true` or `false`", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "on", "1" -> true;
            case "false", "no", "n", "off", "0" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        });
    }

    /** A whole number within limits that are both allowed. */
    static Setting<Integer> number(String name, int least, int most) {
        return of(name, "%d to %d".formatted(least, most), text -> {
            int number = Integer.parseInt(text);
            require(number >= least && number <= most);
            return number;
        });
    }

    /** A size in bytes within limits that are both allowed. */
    static Setting<Long> bytes(String name, String least, String most) {
        return of(name, "%s to %s".formatted(least, most), text -> {
            long bytes = ByteSize.parse(text);
            require(bytes >= ByteSize.parse(least) && bytes <= ByteSize.parse(most));
            return bytes;
        });
    }

    /** A duration within limits that are both allowed. */
    static Setting<Duration> duration(String name, String least, String most) {
        return of(name, "%s to %s".formatted(least, most), text -> {
            Duration duration = TimeSpan.parse(text);
            require(duration.compareTo(TimeSpan.parse(least)) >= 0 && duration.compareTo(TimeSpan.parse(most)) <= 0);
            return duration;
        });
    }

    /** Values of one kind, separated by commas. */
    static <E> Setting<List<E>> list(String name, String accepts, Function<String, E> parser) {
        return of(
                name,
                accepts,
                text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .map(parser)
                        .toList());
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    static <E extends Enum<E>> Setting<E> choice(String name, Class<E> type) {
        String names = Arrays.stream(type.getEnumConstants())
                .map(constant -> "`" + textOf(constant) + "`")
                .collect(Collectors.joining(", "));
        return of(
                name,
                names,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> textOf(constant).equalsIgnoreCase(text))
                        .findAny()
                        .orElseThrow(() -> new IllegalArgumentException("no such choice")));
    }

    /** How a constant is written in a configuration. */
    static String textOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The same setting with a value for when nothing is configured. */
    Setting<T> or(String text) {
        parse(text); // a default outside its own range is a defect, found by loading the class
        return new Setting<>(name, Optional.of(text), accepts, meaning, secret, parser);
    }

    /** The same setting, explained. */
    Setting<T> meaning(String words) {
        return new Setting<>(name, fallback, accepts, words, secret, parser);
    }

    /** The environment variable MicroProfile Config maps to the name. */
    String environmentVariable() {
        return environmentVariable(name);
    }

    /** The environment variable MicroProfile Config maps to a name. */
    static String environmentVariable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /**
     * The value a text stands for.
     *
     * @throws SettingsException if it is not accepted
     */
    T parse(String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException refused) {
            throw new SettingsException("%s is %s, expected %s."
                    .formatted(name, secret ? "not usable" : "\"" + text + "\"", accepts.replace("`", "")));
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("not accepted");
        }
    }
}
