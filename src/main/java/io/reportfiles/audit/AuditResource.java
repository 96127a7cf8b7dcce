package io.reportfiles.audit;

import io.reportfiles.access.Action;
import io.reportfiles.access.Scope;
import io.reportfiles.web.CsvAnswer;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.Ids;
import io.reportfiles.web.PageAnswer;
import io.reportfiles.web.ProblemException;
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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows the ledger of transfers and the audit of changes, the last row first, to those who may see them. */
@ApplicationScoped
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final List<String> AUDIT_COLUMNS =
            List.of("id", "occurredAt", "action", "actor", "subjectType", "subjectId", "detail");

    private TransferLedger ledger;
    private AuditLog audit;
    private AuditChain chain;

    /** For the client proxy; public, since RESTEasy wants to find it. */
    public AuditResource() {}

    @Inject
    AuditResource(TransferLedger ledger, AuditLog audit, AuditChain chain) {
        this.ledger = ledger;
        this.audit = audit;
        this.chain = chain;
    }

    /** The transfers of all report files. */
    @GET
    @Path("transfers")
    @Produces({MediaType.APPLICATION_JSON, CsvAnswer.TYPE})
    public Response transfers(@Context HttpServletRequest request, @Context UriInfo uri, @Context HttpHeaders headers) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, new Scope.Installation());
        QueryParameters parameters = QueryParameters.of(uri);
        TransferFilter filter = new TransferFilter(
                parameters.find("reportFile", Ids::parse, "The parameter reportFile has to be an id."),
                parameters.find("account"),
                oneOf(TransferOutcome.values(), "outcome", parameters),
                instant("from", parameters),
                instant("until", parameters));
        return TransferAnswer.of(ledger, filter, uri, headers);
    }

    /** What was changed, by whom. */
    @GET
    @Path("audit")
    @Produces({MediaType.APPLICATION_JSON, CsvAnswer.TYPE})
    public Response audit(@Context HttpServletRequest request, @Context UriInfo uri, @Context HttpHeaders headers) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, new Scope.Installation());
        QueryParameters parameters = QueryParameters.of(uri);
        AuditFilter filter = new AuditFilter(
                oneOf(AuditAction.values(), "action", parameters),
                parameters.find("actor"),
                parameters.find("subjectType"),
                parameters.find("subjectId"),
                instant("from", parameters),
                instant("until", parameters));
        return CsvAnswer.isWanted(parameters, headers)
                ? CsvAnswer.of(
                        "audit.csv", AUDIT_COLUMNS, line -> audit.forEach(filter, event -> line.accept(line(event))))
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
    @Path("audit/verify")
    public AuditVerification verify(@Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, new Scope.Installation());
        QueryParameters parameters = QueryParameters.of(uri);
        Optional<Long> number = parameters.find(
                "number",
                text -> text.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty(),
                "The parameter number has to be the number of a seal, from 1.");
        Optional<String> hash = parameters.find(
                "hash",
                text -> Optional.of(text).filter(hex -> hex.matches("[0-9a-f]{64}")),
                "The parameter hash has to have 64 hexadecimal digits in lower case.");
        if (number.isPresent() != hash.isPresent()) {
            throw ProblemException.invalid(
                    number.isPresent() ? "hash" : "number", "The parameters number and hash go together.");
        }
        return chain.verify(number.map(n -> new NotedSeal(n, hash.orElseThrow())));
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
}
