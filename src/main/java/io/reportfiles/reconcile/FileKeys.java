package io.reportfiles.reconcile;

import io.reportfiles.storage.ObjectKeys;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the keys that report files are stored under from those of others who use the bucket.
 *
 * @param keys what composes them
 */
record FileKeys(ObjectKeys keys) {

    // organisation, year, quarter, section and a random UUID; behind it, after a dot, what goes with the file
    private static final Pattern FORM =
            Pattern.compile("([^/]+/\\d{4}/Q[1-4]/[^/]+/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\\.[\\w.-]+)?");

    /** What the keys of all report files begin with. */
    String prefix() {
        return keys.prefix().isEmpty() ? "" : keys.prefix() + "/";
    }

    /** Whether somebody else put it there: it is neither a file's nor one that the application published. */
    boolean isForeign(String key) {
        return rowKey(key).isEmpty() && !keys.isAsset(key) && !keys.isAnchor(key);
    }

    /** The key that the row of the object has, if it has one; empty for keys that are none of ours. */
    Optional<String> rowKey(String key) {
        if (keys.isProbe(key)) {
            return Optional.of(key); // no row has it: what a check left behind goes the way of all such objects
        }
        if (!key.startsWith(prefix())) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(key.substring(prefix().length()));
        return form.matches() ? Optional.of(prefix() + form.group(1)) : Optional.empty();
    }
}
