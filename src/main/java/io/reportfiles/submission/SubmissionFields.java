package io.reportfiles.submission;

import io.reportfiles.web.problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a request says about the file it brings, as text and not yet checked. Only the names known here are kept;
 * others, such as the button of a form, mean nothing. For one thread.
 */
public final class SubmissionFields {

    static final String ORGANISATION = "organisation";
    static final String YEAR = "year";
    static final String QUARTER = "quarter";
    static final String SECTION = "section";
    static final String FILE_NAME = "filename";
    static final String SHA256 = "sha256";

    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");

    private static final Set<String> NAMES = Set.of(ORGANISATION, YEAR, QUARTER, SECTION, FILE_NAME, SHA256);

    private final String whereExpected;
    private final String fileNameSource;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<FieldError> errors = new ArrayList<>();
    private Optional<String> note = Optional.empty();

    private SubmissionFields(String whereExpected, String fileNameSource) {
        this.whereExpected = whereExpected;
        this.fileNameSource = fileNameSource;
    }

    /** No fields yet, to be found in the query string. */
    static SubmissionFields ofQuery() {
        return new SubmissionFields("as a query parameter", FILE_NAME);
    }

    /** No fields yet, to be found in a form; the file's name comes with the file. */
    static SubmissionFields ofForm() {
        return new SubmissionFields("as a field of the form, before the file", FormBody.FILE);
    }

    /**
     * No fields yet, to be found somewhere else.
     *
     * @param whereExpected in words that complete "give it"
     */
    public static SubmissionFields expected(String whereExpected) {
        return new SubmissionFields(whereExpected, FILE_NAME);
    }

    /** Whether {@code name} is one of the fields. */
    public static boolean isKnown(String name) {
        return NAMES.contains(name);
    }

    /** Takes a value; a second one for the same field is an error, since only the client knows which was meant. */
    public void add(String name, String value) {
        if (isKnown(name) && values.putIfAbsent(name, value) != null) {
            refuse(name, "%s is given more than once.".formatted(name));
        }
    }

    /** Notes that something is wrong with a field. */
    public void refuse(String name, String message) {
        errors.add(new FieldError(source(name), message));
    }

    /** Notes how something was understood that could have been meant otherwise. */
    void note(String message) {
        note = Optional.of(message);
    }

    /** What the client is told of how it was understood. */
    Optional<String> note() {
        return note;
    }

    /** The value without space around it, empty where the field is missing or blank; that is noted as an error. */
    Optional<String> require(String name) {
        Optional<String> value = find(name).map(String::strip).filter(text -> !text.isEmpty());
        if (value.isEmpty() && errors.stream().noneMatch(error -> error.field().equals(source(name)))) {
            refuse(name, "%s is missing: give it %s.".formatted(name, whereExpected));
        }
        return value;
    }

    /** The value as it was given. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** What the client says the SHA-256 of the file is, in lower-case hexadecimal; noted as an error if it is none. */
    Optional<String> sha256() {
        Optional<String> given = find(SHA256).map(String::strip);
        if (given.filter(text -> !HEX.matcher(text).matches()).isPresent()) {
            refuse(SHA256, "sha256 has to be 64 hexadecimal digits.");
            return Optional.empty();
        }
        return given.map(text -> text.toLowerCase(Locale.ROOT));
    }

    /** Everything that was wrong so far. */
    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /** What the client has to look at: in a form, the file's name is no field of its own. */
    private String source(String name) {
        return FILE_NAME.equals(name) ? fileNameSource : name;
    }
}
