package io.reportfiles.audit;

import io.reportfiles.access.Action;
import io.reportfiles.access.Scope;
import io.reportfiles.chain.ChainVerification;
import io.reportfiles.chain.NotedSeal;
import io.reportfiles.web.CsvAnswer;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.PageAnswer;
import io.reportfiles.web.QueryParameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** Shows the audit of changes, the last row first, to those who may see it. */
@ApplicationScoped
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final List<String> AUDIT_COLUMNS =
            List.of("id", "occurredAt", "action", "actor", "subjectType", "subjectId", "detail");

    private AuditLog audit;
    private AuditChain chain;

    /** For the client proxy; public, since RESTEasy wants to find it. */
    public AuditResource() {}

    @Inject
    AuditResource(AuditLog audit, AuditChain chain) {
        this.audit = audit;
        this.chain = chain;
    }

    /** What was changed, by whom. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, CsvAnswer.TYPE})
    public Response audit(@Context HttpServletRequest request, @Context UriInfo uri, @Context HttpHeaders headers) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, new Scope.Installation());
        QueryParameters parameters = QueryParameters.of(uri);
        AuditFilter filter = new AuditFilter(
                parameters.oneOf("action", AuditAction.values()),
                parameters.find("actor"),
                parameters.find("subjectType"),
                parameters.find("subjectId"),
                parameters.instant("from"),
                parameters.instant("until"));
        return CsvAnswer.isWanted(parameters, headers)
                ? CsvAnswer.of(
                        parameters,
                        "audit.csv",
                        AUDIT_COLUMNS,
                        line -> audit.forEach(filter, event -> line.accept(line(event))))
                : PageAnswer.of(audit.list(filter, parameters.page()), uri);
    }

    private static List<String> line(AuditEntry event) {
        return List.of(
                event.id().toString(),
                event.occurredAt().toString(),
                event.action().name(),
                event.actor(),
                event.subjectType(),
                event.subjectId(),
                event.detail());
    }

    /** Whether the audit is as it was written. */
    @GET
    @Path("verify")
    public ChainVerification verify(@Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, new Scope.Installation());
        return chain.verify(NotedSeal.read(QueryParameters.of(uri)));
    }
}
