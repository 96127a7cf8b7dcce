package io.reportfiles.signin;

import io.reportfiles.access.AccessPolicy;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import io.reportfiles.account.AccountDetails;
import io.reportfiles.account.AccountSearch;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.http.Ids;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;

/** {@code /api/accounts/{id}/see-as}: an administrator looks at what an account would see, in a browser session. */
@Path("accounts/{id}/see-as")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class SeeAsResource {

    @Inject
    private AccountSearch search;

    @Inject
    private SignIn signIn;

    @Context
    private HttpServletRequest request;

    /**
     * That the session looks at what an account would see.
     *
     * @param header the name of the header in which requests name the account
     */
    public record SeenJson(UUID account, String name, Instant until, String header) {}

    /** Begins to look at what an account would see. */
    @POST
    public SeenJson begin(@PathParam("id") String id) {
        Caller actor = requireAdministrator();
        AccountDetails account = search.require(parse(id));
        if (BrowserSession.find(request).isEmpty() || request.getHeader("Authorization") != null) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "It takes a browser session to see what an account sees, for it ends with that.");
        }
        if (!AccessPolicy.admits(account.state())) {
            throw new ProblemException(ProblemType.CONFLICT, "An account that is not active sees nothing.");
        }
        SeenAccount seen = signIn.beginToSee(account, actor, request.getSession());
        return new SeenJson(account.id(), account.name(), seen.until(), SeenAccount.HEADER);
    }

    /** Ends that; nothing happens if it has ended, or if the session looks at another account by now. */
    @DELETE
    public void end(@PathParam("id") String id) {
        requireAdministrator();
        UUID account = parse(id);
        SeenAccount.find(request)
                .filter(seen -> seen.accountId().equals(account))
                .ifPresent(seen -> SeenAccount.end(request));
    }

    private Caller requireAdministrator() {
        return CurrentCaller.requireAllowed(request, Action.MANAGE_ACCOUNTS, new Scope.Installation());
    }

    private static UUID parse(String id) {
        return Ids.parse(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such account."));
    }
}
