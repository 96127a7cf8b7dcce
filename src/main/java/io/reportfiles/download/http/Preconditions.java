package io.reportfiles.download.http;

import io.reportfiles.web.http.HttpDate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Evaluates the preconditions of a request for a file that exists (RFC 9110 §13). */
final class Preconditions {

    private final RequestHead head;
    private final Representation file;
    private final Clock clock;

    Preconditions(RequestHead head, Representation file, Clock clock) {
        this.head = head;
        this.file = file;
        this.clock = clock;
    }

    /** What the preconditions come to. */
    enum Verdict {
        /** Go on as if there were none. */
        PROCEED,
        /** 304: the reader has it already. */
        NOT_MODIFIED,
        /** 412: it is not what the reader expects. */
        FAILED
    }

    /** All of them but {@code If-Range}, in the order of RFC 9110 §13.2.2. */
    Verdict evaluate() {
        Optional<String> ifMatch = head.list("If-Match");
        if (ifMatch.isPresent()) {
            if (!matches(ifMatch.get(), EntityTag::matchesStrongly)) {
                return Verdict.FAILED;
            }
        } else if (date("If-Unmodified-Since").filter(this::isModifiedAfter).isPresent()) {
            return Verdict.FAILED;
        }
        Optional<String> ifNoneMatch = head.list("If-None-Match");
        if (ifNoneMatch.isPresent()) {
            return matches(ifNoneMatch.get(), EntityTag::matchesWeakly) ? Verdict.NOT_MODIFIED : Verdict.PROCEED;
        }
        boolean unmodified = date("If-Modified-Since")
                .filter(since -> file.lastModified().isPresent() && !isModifiedAfter(since))
                .isPresent();
        return unmodified ? Verdict.NOT_MODIFIED : Verdict.PROCEED;
    }

    /**
     * Whether {@code If-Range} lets a {@code Range} header stand (RFC 9110 §13.1.5): it is absent, or names exactly this
     * content by strong tag or date. The date is a strong validator here, since the content behind an id never changes.
     */
    boolean rangeStands() {
        if (!head.fields().containsKey("If-Range")) {
            return true;
        }
        Optional<String> ifRange = head.single("If-Range");
        boolean sameTag = ifRange.flatMap(EntityTag::parse)
                .filter(file.entityTag()::matchesStrongly)
                .isPresent();
        boolean sameDate = ifRange.flatMap(text -> HttpDate.parse(text, clock))
                .filter(date -> file.lastModified().equals(Optional.of(date)))
                .isPresent();
        return sameTag || sameDate;
    }

    private boolean matches(String condition, BiPredicate<EntityTag, EntityTag> comparison) {
        return OptionalSpace.strip(condition).equals("*")
                || EntityTag.parseList(condition).stream().anyMatch(tag -> comparison.test(tag, file.entityTag()));
    }

    private boolean isModifiedAfter(Instant date) {
        return file.lastModified().filter(modified -> modified.isAfter(date)).isPresent();
    }

    private Optional<Instant> date(String field) {
        return head.single(field).flatMap(text -> HttpDate.parse(text, clock));
    }
}
