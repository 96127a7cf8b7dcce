package io.reportfiles.reportfile;

import io.reportfiles.access.AccessPolicy;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Callers;
import io.reportfiles.access.Decision;
import io.reportfiles.access.DecisionReason;
import io.reportfiles.access.Scope;
import io.reportfiles.catalogue.Catalogue;
import io.reportfiles.catalogue.OrganisationDetails;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.QueryParameters;
import io.reportfiles.web.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /api/access/explain}: tells administrators what an account may do, and why. Asks the rule that counts. */
@ApplicationScoped
@Path("access")
@Produces(MediaType.APPLICATION_JSON)
public class AccessResource {

    private static final Scope INSTALLATION = new Scope.Installation();

    private static final String ACTIONS = "Accepted are "
            + String.join(", ", Arrays.stream(Action.values()).map(Action::name).toList()) + ".";

    private Callers callers;
    private ReportFiles files;
    private Catalogue catalogue;

    /** For the client proxy; public, since RESTEasy wants to find it. */
    public AccessResource() {}

    @Inject
    AccessResource(Callers callers, ReportFiles files, Catalogue catalogue) {
        this.callers = callers;
        this.files = files;
        this.catalogue = catalogue;
    }

    /**
     * A decision and what it rests on.
     *
     * @param organisation whose thing the action is about; empty for what belongs to no organisation
     * @param reason a sentence for the administrator
     */
    public record ExplanationJson(
            String account,
            String state,
            List<String> roles,
            Action action,
            Optional<String> organisation,
            boolean allowed,
            DecisionReason ground,
            String reason) {

        static ExplanationJson of(Caller caller, Action action, Scope scope) {
            Decision decision = AccessPolicy.decide(caller, action, scope);
            return new ExplanationJson(
                    caller.name(),
                    caller.state().name(),
                    caller.roles().stream().map(Enum::name).sorted().toList(),
                    action,
                    scope instanceof Scope.OfOrganisation owner ? Optional.of(owner.organisation()) : Optional.empty(),
                    decision.isAllowed(),
                    decision.ground(),
                    decision.ground().sentence());
        }
    }

    /** Whether {@code account} may do {@code action} to the report file {@code id}, or for {@code organisation}. */
    @GET
    @Path("explain")
    public ExplanationJson explain(@Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.MANAGE_ACCOUNTS, INSTALLATION);
        QueryParameters query = QueryParameters.of(uri);
        Caller caller = required(query, "account")
                .flatMap(callers::find)
                .orElseThrow(() -> ProblemException.invalid("account", "There is no account with this name or id."));
        required(query, "action");
        Action action = query.find("action", AccessResource::find, ACTIONS).orElseThrow();
        return ExplanationJson.of(caller, action, scopeOf(query));
    }

    private Scope scopeOf(QueryParameters query) {
        Optional<Scope> ofFile =
                query.find("id").map(id -> files.require(ReportFileId.parse(id)).owner());
        Optional<Scope> ofOrganisation = query.find(
                "organisation",
                code -> catalogue.findOrganisation(code).map(OrganisationDetails::scope),
                "There is no organisation with this code.");
        return ofFile.or(() -> ofOrganisation).orElse(INSTALLATION);
    }

    private static Optional<String> required(QueryParameters query, String name) {
        Optional<String> value = query.find(name);
        if (value.isEmpty()) {
            throw ProblemException.invalid(name, "The parameter %s is required.".formatted(name));
        }
        return value;
    }

    private static Optional<Action> find(String name) {
        return Arrays.stream(Action.values())
                .filter(action -> action.name().equals(name.toUpperCase(Locale.ROOT)))
                .findAny();
    }
}
