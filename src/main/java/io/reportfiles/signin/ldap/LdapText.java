package io.reportfiles.signin.ldap;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.ldap.Rdn;

/** Puts values into filters and distinguished names in such a way that they stay values. */
final class LdapText {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(name|dn)}");

    private static final Pattern SPECIAL = Pattern.compile("[\\\\*()\\x00]");

    private LdapText() {}

    /** A filter with values for its placeholders. */
    static String filter(String template, Map<String, String> values) {
        // In one pass: what a value brings along is never looked at again.
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(escapeInFilter(values.getOrDefault(found.group(1), ""))));
    }

    /** A distinguished name with a name in it (RFC 4514 §2.4). */
    static String dn(String template, String name) {
        return template.replace("{name}", Rdn.escapeValue(name));
    }

    /** RFC 4515 §3. */
    static String escapeInFilter(String value) {
        return SPECIAL.matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(
                        "\\%02x".formatted((int) found.group().charAt(0))));
    }
}
