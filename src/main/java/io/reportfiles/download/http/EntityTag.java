package io.reportfiles.download.http;

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

    // obs-text of the grammar is what is past ASCII, whatever charset the container reads it in.
    private static final String TAG = "(?<weak>W/)?\"(?<opaque>[\\x21\\x23-\\x7e\\x80-\\x{10ffff}]*+)\"";
    private static final Pattern ENTITY_TAG = Pattern.compile(TAG);
    private static final Pattern ELEMENT = Pattern.compile("[ \\t]*+(?:" + TAG + ")?[ \\t]*+(?<end>,|\\z)");

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
        Matcher element = ELEMENT.matcher(text);
        while (element.lookingAt()) {
            if (element.group("opaque") != null) {
                tags.add(of(element));
            }
            if (element.group("end").isEmpty()) {
                return tags;
            }
            element.region(element.end(), text.length());
        }
        return List.of();
    }

    private static EntityTag of(Matcher matcher) {
        return new EntityTag(matcher.group("opaque"), matcher.group("weak") != null);
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
