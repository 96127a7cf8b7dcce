package io.reportfiles.web.text;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the application says in English, in another language: found by the finished sentence, whose names and numbers are
 * carried over. So whoever refuses something writes one sentence where he refuses it, and languages are known here alone.
 */
final class Sentences {

    /** As format strings have them, in the English and in the other sentence. */
    private static final Pattern PLACE = Pattern.compile("%(?:(?<number>\\d)\\$)?(?<kind>,?d|s|04X)");

    /** More than any sentence of ours; what makes one longer is a name that a client sent, whose price would be cubic. */
    private static final int LONGEST = 1_000;

    private static final Pattern BETWEEN = Pattern.compile("(?<=[.!?]) (?=\\S)");

    private final Map<String, String> texts;
    private final Locale language;
    private final List<Template> templates = new ArrayList<>();

    /**
     * A sentence with places for what differs.
     *
     * @param english what the finished one looks like, with a group for each place
     * @param wording how much of it always stands there: the more, the surer it is meant
     */
    private record Template(Pattern english, int wording, String translated) {}

    Sentences(Map<String, String> texts, Locale language) {
        this.texts = Map.copyOf(texts);
        this.language = language;
        texts.forEach((english, translated) -> {
            if (PLACE.matcher(english).find()) {
                templates.add(new Template(
                        patternOf(english),
                        PLACE.matcher(english).replaceAll("").length(),
                        translated));
            }
        });
        templates.sort(Comparator.comparingInt(Template::wording).reversed());
    }

    /** Empty if there are no words for it, or not for each of several sentences. */
    Optional<String> find(String english) {
        if (english.length() > LONGEST) {
            return Optional.empty();
        }
        List<String> parts = BETWEEN.splitAsStream(english).toList();
        List<String> found =
                parts.stream().flatMap(part -> findOne(part).stream()).toList();
        return found.size() == parts.size() ? Optional.of(String.join(" ", found)) : findOne(english);
    }

    private Optional<String> findOne(String english) {
        if (texts.containsKey(english)) {
            return Optional.of(texts.get(english));
        }
        for (Template template : templates) {
            Matcher sentence = template.english.matcher(english);
            if (sentence.matches()) {
                return Optional.of(fill(template.translated, sentence));
            }
        }
        return Optional.empty();
    }

    private String fill(String translated, Matcher sentence) {
        int[] next = {1};
        return PLACE.matcher(translated).replaceAll(place -> {
            String number = place.group(1);
            String value = sentence.group(number == null ? next[0]++ : Integer.parseInt(number));
            return Matcher.quoteReplacement(
                    place.group(2).equals(",d") ? grouped(value) : texts.getOrDefault(value, value));
        });
    }

    private String grouped(String number) {
        return NumberFormat.getIntegerInstance(language).format(Long.parseLong(number.replaceAll("\\D", "")));
    }

    private static Pattern patternOf(String english) {
        StringBuilder pattern = new StringBuilder();
        Matcher place = PLACE.matcher(english);
        int end = 0;
        while (place.find()) {
            pattern.append(Pattern.quote(english.substring(end, place.start())))
                    .append(
                            switch (place.group("kind")) {
                                case "d" -> "(-?\\d+)";
                                case ",d" -> "(\\d[\\d.,'\\h]*)";
                                case "04X" -> "([0-9A-F]{4,6})";
                                default -> "(.*?)";
                            });
            end = place.end();
        }
        return Pattern.compile(
                pattern.append(Pattern.quote(english.substring(end))).toString(), Pattern.DOTALL);
    }
}
