package io.reportfiles.submission;

import io.reportfiles.web.http.PercentEncoding;
import io.reportfiles.web.http.StrictUtf8;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The submission fields in a query string, in the form that HTML forms and every HTTP library write
 * (application/x-www-form-urlencoded). Read here and not by the container, which would replace malformed bytes, and
 * might take the body for more parameters.
 *
 * <p>A bare {@code +} is a blank to these and a plus to everybody else (RFC 3986). In a file's name both are usual, so
 * that the rest of the name says which kind of client wrote it; where it does not, it is a blank and the client is told.
 */
final class QueryString {

    /** Escapes of what may stand in a query as it is: a client that writes one would have escaped a plus as well. */
    private static final Pattern ESCAPES_PLUS = Pattern.compile("%(?:2[14789BCF]|3[AB]|40)", Pattern.CASE_INSENSITIVE);

    private static final String ESCAPED_BLANK = "%20";
    private static final String ESCAPED_PLUS = "%2B";

    private static final String READ_AS_BLANK = "The + in filename was read as a blank: %2B is a plus, %20 a blank.";

    private QueryString() {}

    /** The fields in {@code query}; what can't be decoded is noted as an error of its field. */
    static SubmissionFields fields(String query) {
        SubmissionFields fields = SubmissionFields.ofQuery();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            decode(name).filter(SubmissionFields::isKnown).ifPresent(known -> add(fields, known, value));
        }
        return fields;
    }

    private static void add(SubmissionFields fields, String name, String value) {
        boolean escapesBlank = value.contains(ESCAPED_BLANK);
        boolean escapesPlus = ESCAPES_PLUS.matcher(value).find();
        if (SubmissionFields.FILE_NAME.equals(name) && value.indexOf('+') >= 0 && escapesBlank == escapesPlus) {
            fields.note(READ_AS_BLANK);
        }
        boolean plusIsPlus = escapesBlank && !escapesPlus;
        Optional<String> text = decode(plusIsPlus ? value.replace("+", ESCAPED_PLUS) : value);
        text.ifPresentOrElse(
                decoded -> fields.add(name, decoded),
                () -> fields.refuse(name, "%s is not percent-encoded UTF-8.".formatted(name)));
    }

    private static Optional<String> decode(String text) {
        return PercentEncoding.decode(text.replace('+', ' ')).flatMap(StrictUtf8::decode);
    }
}
