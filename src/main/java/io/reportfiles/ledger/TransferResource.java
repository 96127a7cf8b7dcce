package io.reportfiles.ledger;

import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.chain.ChainVerification;
import io.reportfiles.chain.NotedSeal;
import io.reportfiles.ledger.running.BreakOff;
import io.reportfiles.ledger.running.RunningTransfer;
import io.reportfiles.ledger.running.RunningTransferJson;
import io.reportfiles.ledger.running.RunningTransfers;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.CsvAnswer;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.PageAnswer;
import io.reportfiles.web.QueryParameters;
import io.reportfiles.web.http.Ids;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** Shows the ledger of transfers, the last one first, and what is under way on this node, to those who may see it. */
@ApplicationScoped
@Path("transfers")
@Produces(MediaType.APPLICATION_JSON)
public class TransferResource {

    private static final Scope INSTALLATION = new Scope.Installation();

    private TransferLedger ledger;
    private TransferSummaries summaries;
    private TransferChain chain;
    private Refusals refusals;
    private RunningTransfers running;
    private AuditLog audit;
    private Transactions transactions;

    /** For the client proxy; public, since RESTEasy wants to find it. */
    public TransferResource() {}

    @Inject
    TransferResource(
            TransferLedger ledger,
            TransferSummaries summaries,
            TransferChain chain,
            Refusals refusals,
            RunningTransfers running,
            AuditLog audit,
            Transactions transactions) {
        this.ledger = ledger;
        this.summaries = summaries;
        this.chain = chain;
        this.refusals = refusals;
        this.running = running;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** The transfers of all report files. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, CsvAnswer.TYPE})
    public Response list(@Context HttpServletRequest request, @Context UriInfo uri, @Context HttpHeaders headers) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, INSTALLATION);
        QueryParameters parameters = QueryParameters.of(uri);
        TransferFilter filter = new TransferFilter(
                parameters.find("reportFile", Ids::parse, "The parameter reportFile has to be an id."),
                parameters.find("account"),
                parameters.oneOf("outcome", TransferOutcome.values()),
                parameters.instant("from"),
                parameters.instant("until"));
        return TransferAnswer.of(ledger, filter, uri, headers);
    }

    /** How many transfers there were, by day, outcome and organisation. */
    @GET
    @Path("summary")
    public TransferSummary summary(@Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, INSTALLATION);
        return summaries.count(QueryParameters.of(uri));
    }

    /** Whether the ledger is as it was written. */
    @GET
    @Path("verify")
    public ChainVerification verify(@Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, INSTALLATION);
        Optional<NotedSeal> noted = NotedSeal.read(QueryParameters.of(uri));
        ledger.writeEnds();
        return chain.verify(noted);
    }

    /** How often files were refused to callers that nobody knows, by minute and address. */
    @GET
    @Path("refusals")
    public Response refusals(@Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, INSTALLATION);
        QueryParameters parameters = QueryParameters.of(uri);
        return PageAnswer.of(
                refusals.list(parameters.instant("from"), parameters.instant("until"), parameters.page()), uri);
    }

    /** The downloads and uploads that are under way on this node, with how far they are. */
    @GET
    @Path("running")
    public Response running(@Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, INSTALLATION);
        return PageAnswer.of(running.list(QueryParameters.of(uri).page()).map(RunningTransferJson::of), uri);
    }

    /** Breaks one off that is under way on this node. */
    @DELETE
    @Path("{id}")
    public void end(@PathParam("id") String id, @Context HttpServletRequest request) {
        Caller caller = CurrentCaller.requireAllowed(request, Action.END_TRANSFERS, INSTALLATION);
        RunningTransfer transfer = Ids.parse(id)
                .flatMap(running::find)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "No transfer with this id is under way on this node."));
        transactions.run(() -> audit.record(
                AuditAction.TRANSFER_ENDED,
                caller.name(),
                "transfer",
                transfer.id().toString(),
                "%s of %s after %d bytes"
                        .formatted(
                                transfer.kind(),
                                transfer.account().orElse("nobody"),
                                transfer.bytes().getAsLong())));
        transfer.breakOff().accept(BreakOff.ADMINISTRATOR);
    }
}
