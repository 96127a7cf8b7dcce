package io.reportfiles.account;

import io.reportfiles.web.http.StrictUtf8;
import io.reportfiles.web.problem.FieldError;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the members of a JSON object and collects what is wrong with them, so that a client hears of everything at
 * once. A member that is wrong yields a harmless value; {@link #requireValid} comes before any use. For one thread.
 */
final class JsonFields {

    /** Also those that turn the direction of what stands around them. */
    private static final Pattern CONTROLS =
            Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

    private final JsonObject object;
    private final Set<String> known = new TreeSet<>();
    private final List<FieldError> errors = new ArrayList<>();

    /** Begins to read the members of {@code object}. */
    JsonFields(JsonObject object) {
        this.object = object;
    }

    /**
     * Begins to read a body. The platform's own readers differ in what they make of an array, of {@code null}, of bytes
     * that are no UTF-8 and of no body at all.
     *
     * @throws ProblemException 400 if it is not a JSON object in UTF-8 (RFC 8259 §8.1)
     */
    static JsonFields read(InputStream body) {
        try {
            if (parse(body.readAllBytes()) instanceof JsonObject object) {
                return new JsonFields(object);
            }
            throw noObject();
        } catch (IOException lost) {
            throw new ProblemException(ProblemType.INVALID_INPUT, "The body did not arrive.");
        }
    }

    private static JsonValue parse(byte[] bytes) {
        try {
            String text = StrictUtf8.decode(bytes).orElseThrow(JsonFields::noObject);
            return Json.createReader(new StringReader(text)).readValue();
        } catch (RuntimeException malformed) { // too deep a nesting has no type of its own
            throw noObject();
        }
    }

    private static ProblemException noObject() {
        return new ProblemException(ProblemType.INVALID_INPUT, "The body has to be a JSON object in UTF-8.");
    }

    /** A text that has to be there, of 1 to {@code max} characters of one line and direction. */
    String text(String field, int max) {
        return requirePresent(field, optionalText(field, max));
    }

    /** A text of 1 to {@code max} characters of one line and direction; absent or null is none. */
    Optional<String> optionalText(String field, int max) {
        Optional<String> text = string(field);
        boolean fits = text.map(value -> !value.isBlank()
                        && value.length() <= max
                        && !CONTROLS.matcher(value).find())
                .orElse(true);
        if (!fits) {
            refuse(
                    field,
                    "Expected is a text of 1 to %d characters, none of which controls how text is shown."
                            .formatted(max));
        }
        return text.filter(value -> fits);
    }

    /** A text that has to be there, whatever it is. */
    String secret(String field) {
        return requirePresent(field, string(field));
    }

    /** An instant in the form of ISO 8601, in UTC; absent or null is none. */
    Optional<Instant> optionalInstant(String field) {
        Optional<String> text = string(field);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException notAnInstant) {
            refuse(field, "Expected is an instant such as 2030-12-31T23:59:59Z.");
            return Optional.empty();
        }
    }

    /** One of an enum's names, in upper or lower case; absent or null is none. */
    <E extends Enum<E>> Optional<E> optionalChoice(String field, Class<E> type) {
        Optional<String> text = string(field);
        Optional<E> choice = text.flatMap(name -> find(type, name));
        if (text.isPresent() && choice.isEmpty()) {
            refuseChoice(field, type);
        }
        return choice;
    }

    /** An array of an enum's names; absent or null is none, which is not the empty set. */
    <E extends Enum<E>> Optional<Set<E>> optionalChoices(String field, Class<E> type) {
        return value(field) == JsonValue.NULL ? Optional.empty() : Optional.of(choices(field, type));
    }

    /** An array of an enum's names; absent or null is the empty set. */
    <E extends Enum<E>> Set<E> choices(String field, Class<E> type) {
        Set<E> choices = EnumSet.noneOf(type);
        JsonValue value = value(field);
        if (value instanceof JsonArray array) {
            for (JsonValue item : array) {
                Optional<E> choice = item instanceof JsonString name ? find(type, name.getString()) : Optional.empty();
                choice.ifPresentOrElse(choices::add, () -> refuseChoice(field, type));
            }
        } else if (value != JsonValue.NULL) {
            refuse(field, "Expected is an array.");
        }
        return choices;
    }

    /** Whether a member was sent, be it with null. */
    boolean has(String field) {
        return object.containsKey(field);
    }

    /** Notes that something is wrong with a field; only the first thing counts. */
    void refuse(String field, String message) {
        if (errors.stream().noneMatch(error -> error.field().equals(field))) {
            errors.add(new FieldError(field, message));
        }
    }

    /**
     * Ends the reading.
     *
     * @throws ProblemException 400 with everything that is wrong, members that nobody asked for included: they are
     *     misspelled more often than not
     */
    void requireValid() {
        object.keySet().stream()
                .filter(field -> !known.contains(field))
                .sorted()
                .limit(10)
                .forEach(field -> refuse(
                        field.length() <= 50 ? field : field.substring(0, 50),
                        "There is no such field; known are " + String.join(", ", known) + "."));
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private String requirePresent(String field, Optional<String> text) {
        if (text.isEmpty()) {
            refuse(field, "This is required.");
        }
        return text.orElse("");
    }

    private Optional<String> string(String field) {
        JsonValue value = value(field);
        if (value instanceof JsonString string) {
            return Optional.of(string.getString());
        }
        if (value != JsonValue.NULL) {
            refuse(field, "Expected is a text.");
        }
        return Optional.empty();
    }

    private JsonValue value(String field) {
        known.add(field);
        return object.getOrDefault(field, JsonValue.NULL);
    }

    private <E extends Enum<E>> void refuseChoice(String field, Class<E> type) {
        refuse(field, "Accepted are " + String.join(", ", names(type)) + ".");
    }

    private static <E extends Enum<E>> List<String> names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    }

    private static <E extends Enum<E>> Optional<E> find(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name.toUpperCase(Locale.ROOT)))
                .findAny();
    }
}
