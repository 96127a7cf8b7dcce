package io.reportfiles.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** The words of the pages that the server itself writes, in each language there is. */
public enum PageTexts {
    /** What is shown to whoever asks for no language that is here. */
    ENGLISH("en"),
    GERMAN("de");

    private final String language;

    @SuppressWarnings("ImmutableEnumChecker") // filled here, and only read from then on
    private final Properties texts = new Properties();

    PageTexts(String language) {
        this.language = language;
        try (InputStream in = PageTexts.class.getResourceAsStream("pages-%s.properties".formatted(language));
                InputStreamReader reader = new InputStreamReader(in, UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that the reader's browser prefers (RFC 9110 §12.5.4). */
    public static PageTexts of(HttpServletRequest request) {
        return of(String.join(",", Collections.list(request.getHeaders("Accept-Language"))));
    }

    /** Those that {@code accepted} asks for; it may be empty or malformed. */
    static PageTexts of(String accepted) {
        try {
            List<String> languages =
                    Arrays.stream(values()).map(PageTexts::language).toList();
            String tag = accepted.isBlank() ? null : Locale.lookupTag(Locale.LanguageRange.parse(accepted), languages);
            return Arrays.stream(values())
                    .filter(texts -> texts.language.equals(tag))
                    .findFirst()
                    .orElse(ENGLISH);
        } catch (IllegalArgumentException e) { // a broken header is as good as none
            return ENGLISH;
        }
    }

    /** The language, for {@code lang}. */
    public String language() {
        return language;
    }

    /** A text. */
    public String text(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException("no text " + key));
    }

    /** A text that only languages other than that of our problem documents need. */
    Optional<String> find(String key) {
        return Optional.ofNullable(texts.getProperty(key));
    }
}
