package io.reportfiles.web.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters behind the first semicolon of a header's value, such as {@code form-data; name="file"}. */
public final class HeaderParameters {

    // A quote inside is written as \" by some clients and as %22 by browsers, which leave a backslash as it is: hence
    // only a backslash before a quote is an escape. The quantifiers are possessive, since a value may be long.
    private static final Pattern PARAMETER = Pattern.compile(";\\s*+(?<key>[^\\s=;\"]++)\\s*+=\\s*+"
            + "(?:\"(?<quoted>(?:\\\\\"|[^\"])*+)\"|(?<token>[^\\s;\"]*+))\\s*+");

    private HeaderParameters() {}

    /**
     * The parameters by name in lower case, values without their quotes.
     *
     * @throws IllegalArgumentException if they are malformed, or one is given twice
     */
    public static Map<String, String> parse(String header) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        int position = header.indexOf(';') < 0 ? header.length() : header.indexOf(';');
        while (position < header.length()) {
            if (!matcher.region(position, header.length()).lookingAt()) {
                throw new IllegalArgumentException("malformed parameters");
            }
            String token = matcher.group("token");
            String value = token == null ? matcher.group("quoted").replace("\\\"", "\"") : token;
            if (parameters.put(matcher.group("key").toLowerCase(Locale.ROOT), value) != null) {
                throw new IllegalArgumentException("a parameter is given twice");
            }
            position = matcher.end();
        }
        return parameters;
    }
}
