package io.reportfiles.signin;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Role;
import jakarta.security.enterprise.CallerPrincipal;
import java.util.Set;
import java.util.stream.Collectors;

/** The container's view of a caller; its groups are the names of the roles. */
final class AccountPrincipal extends CallerPrincipal {

    private static final long serialVersionUID = 1L;

    private final transient Caller caller;

    AccountPrincipal(Caller caller) {
        super(caller.name());
        this.caller = caller;
    }

    Caller caller() {
        return caller;
    }

    Set<String> groups() {
        return caller.roles().stream().map(Role::name).collect(Collectors.toUnmodifiableSet());
    }
}
