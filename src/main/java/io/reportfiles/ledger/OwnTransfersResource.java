package io.reportfiles.ledger;

import io.reportfiles.access.Action;
import io.reportfiles.access.Scope;
import io.reportfiles.web.CsvAnswer;
import io.reportfiles.web.CurrentCaller;
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

/** Shows callers what the ledger has of their own transfers, the last one first. */
@ApplicationScoped
@Path("me/transfers")
@Produces({MediaType.APPLICATION_JSON, CsvAnswer.TYPE})
public class OwnTransfersResource {

    private TransferLedger ledger;

    /** For the client proxy; public, since RESTEasy wants to find it. */
    public OwnTransfersResource() {}

    @Inject
    OwnTransfersResource(TransferLedger ledger) {
        this.ledger = ledger;
    }

    /** The transfers of the caller's account. */
    @GET
    public Response list(@Context HttpServletRequest request, @Context UriInfo uri, @Context HttpHeaders headers) {
        String account = CurrentCaller.requireAllowed(request, Action.VIEW_OWN_TRANSFERS, new Scope.Installation())
                .name();
        return TransferAnswer.of(ledger, TransferFilter.ofAccount(account), uri, headers);
    }
}
