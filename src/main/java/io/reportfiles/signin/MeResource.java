package io.reportfiles.signin;

import io.reportfiles.access.AccessPolicy;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import io.reportfiles.account.AccountInput;
import io.reportfiles.account.AccountJson;
import io.reportfiles.account.AccountSearch;
import io.reportfiles.account.Accounts;
import io.reportfiles.config.AccountSettings;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/me}: who am I, and what may I do. */
@Path("me")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

    @Inject
    private Accounts accounts;

    @Inject
    private AccountSearch search;

    @Inject
    private AccountInput input;

    @Inject
    private SignIn signIn;

    @Inject
    private AccountSettings settings;

    @Context
    private HttpServletRequest request;

    @Context
    private HttpServletResponse response;

    /**
     * The caller's own account.
     *
     * @param permissions what the caller may do somewhere, be it in the own organisation only; names of {@link Action}
     * @param seenBy the administrator who looks at what this account would see; the permissions are those that it has
     *     when it asks for itself
     */
    public record MeJson(
            UUID id,
            String name,
            String displayName,
            List<String> roles,
            Optional<String> organisation,
            Optional<String> region,
            List<String> permissions,
            Optional<String> seenBy) {}

    /** The caller's own account. */
    @GET
    public MeJson me() {
        Caller caller = CurrentCaller.require(request);
        AccountJson account = AccountJson.of(search.require(caller.accountId()));
        return new MeJson(
                account.id(),
                account.name(),
                account.displayName(),
                account.roles(),
                account.organisation(),
                account.region(),
                AccessPolicy.permissionsOf(caller.seenBy().isPresent() ? caller.unlimited() : caller).stream()
                        .map(Action::name)
                        .sorted()
                        .toList(),
                caller.seenBy().map(Caller::name));
    }

    /** Ends all browser sessions of the own account, this one included. */
    @POST
    @Path("sign-out-everywhere")
    public void signOutEverywhere() {
        Caller caller = CurrentCaller.requireAllowed(request, Action.MANAGE_OWN_TOKENS, new Scope.Installation());
        accounts.endSessions(caller.accountId(), caller);
    }

    /** Changes the own password; the old one is asked for, since a browser may stand open. */
    @PUT
    @Path("password")
    @Requires(Action.MANAGE_OWN_TOKENS)
    @Consumes(MediaType.APPLICATION_JSON)
    public void changePassword(InputStream body) {
        Caller caller = CurrentCaller.require(request);
        AccountInput.OwnPassword wanted = input.ownPassword(body);
        signIn.requirePasswordHere(caller);
        if (signIn.withPassword(caller.name(), wanted.oldPassword(), request.getRemoteAddr())
                .isEmpty()) {
            throw AccountInput.wrongOldPassword();
        }
        accounts.changePassword(caller.accountId(), wanted.newPassword(), caller);
        if (BrowserSession.find(request).isPresent()) { // all sessions have ended, but this one may go on
            signIn.sessionOf(caller).ifPresent(session -> session.start(request, response, settings.sessionTimeout()));
        }
    }
}
