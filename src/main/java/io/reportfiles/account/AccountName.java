package io.reportfiles.account;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name an account signs in with. Upper and lower case mean the same name, which is kept in lower case.
 *
 * @param value 1 to 64 letters and digits of ASCII and {@code . _ @ + -}, in lower case: no look-alikes, no colon (RFC
 *     7617 §2), nothing that could upset a log or a page
 */
public record AccountName(String value) {

    static final String ACCEPTED = "A name has 1 to 64 letters, digits or . _ @ + - and begins with a letter or digit.";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");

    /** The name meant, empty if {@code text} is none. */
    public static Optional<AccountName> parse(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new AccountName(text.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }
}
