package io.reportfiles.web.text;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words of the server in each language there is: of the pages that it writes itself, and of all it refuses. */
public enum PageTexts {
    /** What is shown to whoever asks for no language that is here. */
    ENGLISH("en"),
    GERMAN("de");

    /** A list of all languages that a browser knows is not as long; the JDK takes quadratic time for it. */
    private static final int LONGEST = 1_000;

    private final String language;

    @SuppressWarnings("ImmutableEnumChecker") // filled here, and only read from then on
    private final Map<String, String> texts;

    @SuppressWarnings("ImmutableEnumChecker") // as immutable as they are
    private final Sentences sentences;

    PageTexts(String language) {
        this.language = language;
        try (InputStream in = PageTexts.class.getResourceAsStream("texts-%s.po".formatted(language))) {
            texts = PortableObjects.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sentences = new Sentences(texts, Locale.forLanguageTag(language));
    }

    /** Those that the reader's browser prefers (RFC 9110 §12.5.4). */
    public static PageTexts of(HttpServletRequest request) {
        return of(String.join(",", Collections.list(request.getHeaders("Accept-Language"))));
    }

    /** Those that {@code accepted} asks for; it may be empty or malformed, and is as good as none if it is very long. */
    public static PageTexts of(String accepted) {
        if (accepted.length() > LONGEST) {
            return ENGLISH;
        }
        try {
            List<String> languages =
                    Arrays.stream(values()).map(PageTexts::language).toList();
            String tag = accepted.isBlank() ? null : Locale.lookupTag(Locale.LanguageRange.parse(accepted), languages);
            return Arrays.stream(values())
                    .filter(texts -> texts.language.equals(tag))
                    .findFirst()
                    .orElse(ENGLISH);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) { // a broken header is as good as none
            return ENGLISH;
        }
    }

    /** The language, for {@code lang}. */
    public String language() {
        return language;
    }

    /** A text of a page. */
    public String text(String key) {
        return Optional.ofNullable(texts.get(key)).orElseThrow(() -> new IllegalArgumentException("no text " + key));
    }

    /** What was said in English; as it is, if it can't be said otherwise. */
    public String say(String english) {
        return this == ENGLISH ? english : sentences.find(english).orElse(english);
    }
}
