package io.reportfiles.account;

import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import io.reportfiles.web.Requires;
import io.reportfiles.web.http.Ids;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/tokens}: the caller's own access tokens, and nobody else's. Not for requests with a token. */
@Path("tokens")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {

    @Inject
    private AccessTokens tokens;

    @Inject
    private AccountInput input;

    @Context
    private HttpServletRequest request;

    /**
     * The one answer that holds the token itself.
     *
     * @param token what the client sends as {@code Authorization: Bearer …}
     */
    public record CreatedJson(
            UUID id,
            String name,
            String token,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<List<String>> actions) {
        @Override
        public String toString() {
            return "CreatedJson[%s, %s]".formatted(id, name);
        }
    }

    /** A new token. */
    @POST
    @Requires(Action.MANAGE_OWN_TOKENS)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(InputStream body, @Context UriInfo uri) {
        Caller owner = CurrentCaller.require(request);
        AccountInput.NewToken wanted = input.token(body);
        AccessTokens.Created created = tokens.create(owner, wanted.name(), wanted.expiresAt(), wanted.reach());
        TokenDetails details = created.details();
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(details.id().toString())
                        .build())
                .header("Cache-Control", "no-store")
                .entity(new CreatedJson(
                        details.id(),
                        details.name(),
                        created.secret().text(),
                        details.createdAt(),
                        details.expiresAt(),
                        details.actions()))
                .build();
    }

    /** All tokens on one page, without the secrets, which nobody knows any more. */
    @GET
    public Page<TokenDetails> list() {
        List<TokenDetails> all = tokens.list(requireOwner());
        return Page.of(all, new PageRequest(1, AccessTokens.MAX_PER_ACCOUNT), all.size());
    }

    /** One token, without its secret. */
    @GET
    @Path("{id}")
    public TokenDetails find(@PathParam("id") String id) {
        Caller owner = requireOwner();
        return Ids.parse(id).flatMap(uuid -> tokens.find(owner, uuid)).orElseThrow(TokenResource::notFound);
    }

    /** Revokes a token. */
    @DELETE
    @Path("{id}")
    public void revoke(@PathParam("id") String id) {
        Caller owner = requireOwner();
        if (Ids.parse(id).filter(uuid -> tokens.revoke(owner, uuid)).isEmpty()) {
            throw notFound();
        }
    }

    private Caller requireOwner() {
        return CurrentCaller.requireAllowed(request, Action.MANAGE_OWN_TOKENS, new Scope.Installation());
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND, "You have no such access token.");
    }
}
