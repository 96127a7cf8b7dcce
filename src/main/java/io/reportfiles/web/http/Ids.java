package io.reportfiles.web.http;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids in addresses. */
public final class Ids {

    // UUID.fromString also takes shorter forms; one id has one address.
    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Ids() {}

    /** The id that {@code text} spells, empty if it spells none. */
    public static Optional<UUID> parse(String text) {
        return isId(text) ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** Whether {@code text} spells an id. */
    static boolean isId(String text) {
        return FORM.matcher(text).matches();
    }
}
