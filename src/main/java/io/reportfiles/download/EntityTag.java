package io.reportfiles.download;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entity tag (RFC 9110 §8.8.3).
 *
 * @param opaque what stands between the quotes
 * @param weak whether it is marked {@code W/}
 */
record EntityTag(String opaque, boolean weak) {

    private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"");
    private static final Pattern SEPARATOR = Pattern.compile("[ \\t]*,[ \\t,]*");

    static EntityTag strong(String opaque) {
        return new EntityTag(opaque, false);
    }

    /** One entity tag and nothing else. */
    static Optional<EntityTag> parse(String text) {
        Matcher matcher = ENTITY_TAG.matcher(text);
        return matcher.matches() ? Optional.of(of(matcher)) : Optional.empty();
    }

    /**
     * The tags of a list such as {@code If-None-Match} carries. Empty list elements are skipped (RFC 9110 §5.6.1.2);
     * a list that is malformed anywhere holds no tag at all, since guessing at half of it could satisfy a condition.
     */
    static List<EntityTag> parseList(String text) {
        List<EntityTag> tags = new ArrayList<>();
        Matcher tag = ENTITY_TAG.matcher(text);
        Matcher separator = SEPARATOR.matcher(text);
        int position = skip(text, 0);
        while (position < text.length()) {
            if (!tag.find(position) || tag.start() != position) {
                return List.of();
            }
            tags.add(of(tag));
            position = tag.end();
            if (separator.find(position) && separator.start() == position) {
                position = separator.end();
            } else if (!text.substring(position).isBlank()) {
                return List.of();
            } else {
                position = text.length();
            }
        }
        return tags;
    }

    private static int skip(String text, int from) {
        int position = from;
        while (position < text.length() && " \t,".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        return position;
    }

    private static EntityTag of(Matcher matcher) {
        return new EntityTag(matcher.group(2), matcher.group(1) != null);
    }

    /** Strong comparison (RFC 9110 §8.8.3.2). */
    boolean matchesStrongly(EntityTag other) {
        return !weak && !other.weak && opaque.equals(other.opaque);
    }

    /** Weak comparison (RFC 9110 §8.8.3.2). */
    boolean matchesWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /** As it stands in a header. */
    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + opaque + '"';
    }
}
