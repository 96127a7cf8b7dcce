package io.reportfiles.account;

import io.reportfiles.access.AccountState;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.PageAnswer;
import io.reportfiles.web.QueryParameters;
import io.reportfiles.web.Requires;
import io.reportfiles.web.http.Ids;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/accounts}: for administrators. Permission is decided before the body or the id is looked at. */
@Path("accounts")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class AccountResource {

    @Inject
    private Accounts accounts;

    @Inject
    private AccountSearch search;

    @Inject
    private AccountInput input;

    @Context
    private HttpServletRequest request;

    /** Accounts by name; {@code q} is part of a name, {@code state} the state they are in. */
    @GET
    public Response list(@Context UriInfo uri) {
        requireAdministrator();
        QueryParameters query = QueryParameters.of(uri);
        Optional<AccountState> state =
                query.find("state", AccountState::find, "Accepted are PENDING, ACTIVE and DEACTIVATED.");
        return PageAnswer.of(search.list(query.find("q"), state, query.page()).map(AccountJson::of), uri);
    }

    /** One account. */
    @GET
    @Path("{id}")
    public AccountJson find(@PathParam("id") String id) {
        requireAdministrator();
        return AccountJson.of(search.require(parse(id)));
    }

    /** A new account. */
    @POST
    @Requires(Action.MANAGE_ACCOUNTS)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(InputStream body, @Context UriInfo uri) {
        Caller actor = CurrentCaller.require(request);
        AccountJson account = AccountJson.of(accounts.create(input.account(body), actor.name()));
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(account.id().toString())
                        .build())
                .entity(account)
                .build();
    }

    /** Changes display name and, of roles, organisation and region, what is sent. */
    @PUT
    @Path("{id}")
    @Requires(Action.MANAGE_ACCOUNTS)
    @Consumes(MediaType.APPLICATION_JSON)
    public AccountJson change(@PathParam("id") String id, InputStream body) {
        Caller actor = CurrentCaller.require(request);
        return AccountJson.of(accounts.change(parse(id), input.profileChange(body), actor));
    }

    /** Sets a new password. */
    @PUT
    @Path("{id}/password")
    @Requires(Action.MANAGE_ACCOUNTS)
    @Consumes(MediaType.APPLICATION_JSON)
    public void changePassword(@PathParam("id") String id, InputStream body) {
        Caller actor = CurrentCaller.require(request);
        accounts.changePassword(parse(id), input.password(body), actor);
    }

    /** Lets a pending account sign in. */
    @POST
    @Path("{id}/approve")
    public AccountJson approve(@PathParam("id") String id) {
        Caller actor = requireAdministrator();
        return AccountJson.of(accounts.approve(parse(id), actor));
    }

    /** Lets a deactivated account sign in again. */
    @POST
    @Path("{id}/activate")
    public AccountJson activate(@PathParam("id") String id) {
        Caller actor = requireAdministrator();
        return AccountJson.of(accounts.activate(parse(id), actor));
    }

    /** Keeps an account from signing in. */
    @POST
    @Path("{id}/deactivate")
    public AccountJson deactivate(@PathParam("id") String id) {
        Caller actor = requireAdministrator();
        return AccountJson.of(accounts.deactivate(parse(id), actor));
    }

    /** Ends all browser sessions of an account. */
    @POST
    @Path("{id}/sign-out")
    public AccountJson signOut(@PathParam("id") String id) {
        Caller actor = requireAdministrator();
        return AccountJson.of(accounts.endSessions(parse(id), actor));
    }

    private Caller requireAdministrator() {
        return CurrentCaller.requireAllowed(request, Action.MANAGE_ACCOUNTS, new Scope.Installation());
    }

    private static UUID parse(String id) {
        return Ids.parse(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such account."));
    }
}
