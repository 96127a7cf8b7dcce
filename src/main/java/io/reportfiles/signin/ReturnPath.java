package io.reportfiles.signin;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a browser goes after sign-in: a path of this application and nothing else, so that a forged link to the sign-in
 * page can't lead to another site.
 *
 * @param value absolute path with optional query, as it stands in an address: ASCII, percent-encoded
 */
public record ReturnPath(String value) {

    private static final int MAX_CHARACTERS = 2_000;

    /** What stands in addresses (RFC 3986), and a bar; no backslash, which browsers read as a slash, and no fragment. */
    private static final Pattern ADDRESS_CHARACTERS = Pattern.compile("[A-Za-z0-9._~:/?\\[\\]@!$&'()*+,;=%|-]*");

    /** The path that {@code text} asks for, empty unless it lies in the application at {@code contextPath}. */
    public static Optional<ReturnPath> parse(String text, String contextPath) {
        boolean inside = text.startsWith(contextPath + "/") && !text.startsWith("//");
        boolean signsInOrOut =
                Pattern.matches("/log(in|out)([/?;].*)?", inside ? text.substring(contextPath.length()) : text);
        return inside
                        && !signsInOrOut
                        && text.length() <= MAX_CHARACTERS
                        && ADDRESS_CHARACTERS.matcher(text).matches()
                ? Optional.of(new ReturnPath(text))
                : Optional.empty();
    }
}
