package io.reportfiles.account;

import io.reportfiles.access.Action;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an access token is good for. Never for access tokens: whoever finds one must not be able to make a successor that
 * outlives it.
 *
 * @param chosen what its owner chose, at least one; empty for all that the account may do, also later
 */
public record TokenReach(Optional<Set<Action>> chosen) {

    /** What no token can be used for. */
    static final Action NEVER = Action.MANAGE_OWN_TOKENS;

    private static final String SEPARATOR = " ";

    public TokenReach {
        chosen = chosen.map(Set::copyOf);
    }

    /** The reach that was kept as {@code text}. A name that no action has any more counts for nothing. */
    static TokenReach parse(Optional<String> text) {
        return new TokenReach(text.map(names -> {
            Set<String> kept = Set.of(names.split(SEPARATOR));
            return Arrays.stream(Action.values())
                    .filter(action -> kept.contains(action.name()))
                    .collect(Collectors.toSet());
        }));
    }

    /** The form in which it is kept; empty for no limit. */
    Optional<String> text() {
        return named().map(names -> String.join(SEPARATOR, names));
    }

    /** The names of what was chosen, in alphabetical order; empty for no limit. */
    Optional<List<String>> named() {
        return chosen.map(actions -> actions.stream().map(Action::name).sorted().toList());
    }

    /** What requests with the token can come to. */
    public Set<Action> actions() {
        Set<Action> actions = EnumSet.allOf(Action.class);
        chosen.ifPresent(actions::retainAll);
        actions.remove(NEVER);
        return Collections.unmodifiableSet(actions);
    }
}
