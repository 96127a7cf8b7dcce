package io.reportfiles.reportfile;

import java.util.regex.Pattern;

/**
 * What a client calls one submission, so that sending it again does not make another file. Means something for one
 * account only.
 *
 * @param value 1 to 255 printable characters of ASCII, no space at the ends, no two in a row
 */
public record IdempotencyKey(String value) {

    private static final Pattern FORM = Pattern.compile("[!-~](?:[ -~]{0,253}[!-~])?");

    /** Refuses a text that is no key, with a message for the client. */
    public IdempotencyKey {
        value = value.replaceAll(" {2,}+", " "); // a server or proxy on the way may do so
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("An Idempotency-Key has 1 to 255 printable characters of ASCII.");
        }
    }
}
