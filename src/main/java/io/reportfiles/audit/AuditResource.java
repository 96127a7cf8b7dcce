package io.reportfiles.audit;

import io.reportfiles.access.Action;
import io.reportfiles.access.Scope;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Shows the ledger of transfers and the audit of changes, the last row first, to those who may see them. */
@ApplicationScoped
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private TransferLedger ledger;
    private AuditLog audit;

    /** For the client proxy; public, since RESTEasy wants to find it. */
    public AuditResource() {}

    @Inject
    public AuditResource(TransferLedger ledger, AuditLog audit) {
        this.ledger = ledger;
        this.audit = audit;
    }

    /** The transfers of all report files. */
    @GET
    @Path("transfers")
    public Response transfers(@Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, new Scope.Installation());
        QueryParameters parameters = QueryParameters.of(uri);
        TransferFilter filter = new TransferFilter(
                parameters.find("reportFile", AuditResource::id, "The parameter reportFile has to be an id."),
                parameters.find("account"),
                oneOf(TransferOutcome.values(), "outcome", parameters),
                instant("from", parameters),
                instant("until", parameters));
        return TransferAnswer.of(ledger, filter, uri);
    }

    /** What was changed, by whom. */
    @GET
    @Path("audit")
    public Response audit(@Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, new Scope.Installation());
        QueryParameters parameters = QueryParameters.of(uri);
        AuditFilter filter = new AuditFilter(
                oneOf(AuditAction.values(), "action", parameters),
                parameters.find("actor"),
                parameters.find("subjectType"),
                parameters.find("subjectId"),
                instant("from", parameters),
                instant("until", parameters));
        return PageAnswer.of(audit.list(filter, parameters.page()), uri);
    }

    private static <E extends Enum<E>> Optional<E> oneOf(E[] values, String name, QueryParameters parameters) {
        return parameters.find(
                name,
                text -> Arrays.stream(values)
                        .filter(value -> value.name().equals(text))
                        .findFirst(),
                "The parameter %s has to be one of %s."
                        .formatted(name, Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static Optional<Instant> instant(String name, QueryParameters parameters) {
        return parameters.find(
                name,
                AuditResource::instant,
                "The parameter %s has to be a time such as 2026-03-31T12:00:00Z.".formatted(name));
    }

    private static Optional<Instant> instant(String text) {
        try {
            // Years outside four digits are more than a database keeps.
            return Optional.of(OffsetDateTime.parse(text))
                    .filter(time -> time.getYear() >= 1 && time.getYear() <= 9998)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
