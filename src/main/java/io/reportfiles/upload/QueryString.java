package io.reportfiles.upload;

import java.util.Optional;

/**
 * The submission fields in a query string, in the form that HTML forms and every HTTP library write
 * (application/x-www-form-urlencoded). Read here and not by the container, which would replace malformed bytes, and
 * might take the body for more parameters.
 */
final class QueryString {

    private QueryString() {}

    /** The fields in {@code query}; what can't be decoded is noted as an error of its field. */
    static SubmissionFields fields(String query) {
        SubmissionFields fields = SubmissionFields.ofQuery();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            decode(name)
                    .filter(SubmissionFields::isKnown)
                    .ifPresent(known -> decode(value)
                            .ifPresentOrElse(
                                    text -> fields.add(known, text),
                                    () -> fields.refuse(known, "%s is not percent-encoded UTF-8.".formatted(known))));
        }
        return fields;
    }

    private static Optional<String> decode(String text) {
        return PercentEncoding.decode(text.replace('+', ' ')).flatMap(StrictUtf8::decode);
    }
}
