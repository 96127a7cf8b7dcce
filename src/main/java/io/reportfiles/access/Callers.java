package io.reportfiles.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Knows how accounts stand now. Any number of threads may call. */
public interface Callers {

    /**
     * The accounts with these ids, whatever their state; an id that nobody has is left out. They are not limited by any
     * credentials.
     */
    Map<UUID, Caller> find(Collection<UUID> ids);

    /** Which of the access tokens with these ids still work, whatever their accounts may do. */
    Set<UUID> usableTokens(Collection<UUID> ids);

    /**
     * How those stand now who began something: the same accounts, with what is left of the credentials they began with.
     * Whoever has no account or token any more is left out.
     */
    default Map<Caller, Caller> now(Collection<Caller> began) {
        Map<UUID, Caller> accounts = find(began.stream().map(Caller::accountId).collect(Collectors.toSet()));
        Set<UUID> tokens = usableTokens(
                began.stream().flatMap(caller -> caller.token().stream()).collect(Collectors.toSet()));
        Map<Caller, Caller> now = new HashMap<>();
        for (Caller caller : began) {
            Caller account = accounts.get(caller.accountId());
            if (account != null && caller.token().stream().allMatch(tokens::contains)) {
                now.put(caller, account.limitedTo(caller.limit()));
            }
        }
        return now;
    }

    /** The account with this name or id, whatever its state. */
    Optional<Caller> find(String nameOrId);
}
