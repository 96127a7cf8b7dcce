package io.reportfiles.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reportfiles.web.http.PercentEncoding;
import io.reportfiles.web.http.StrictUtf8;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of an HTML form that was sent as a short body (application/x-www-form-urlencoded). The container would mix
 * them with those of the query, which ends in logs and histories.
 */
public final class FormFields {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Map<String, String> values;

    private FormFields(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads the form of {@code request}; of several fields with one name the first counts.
     *
     * @throws ProblemException 415 if the body is no form, 400 if it is malformed
     */
    public static FormFields of(HttpServletRequest request) throws IOException {
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM)) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "The form has to be sent as %s.".formatted(FORM));
        }
        return parse(new String(request.getInputStream().readAllBytes(), ISO_8859_1));
    }

    /** Reads a form each character of which stands for a byte. */
    static FormFields parse(String text) {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.putIfAbsent(decode(name), decode(value));
        }
        return new FormFields(values);
    }

    /** The value of a field; blank if it is absent. */
    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    private static String decode(String text) {
        return PercentEncoding.decode(text.replace('+', ' '))
                .flatMap(StrictUtf8::decode)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_INPUT, "The form is not percent-encoded as forms are."));
    }
}
