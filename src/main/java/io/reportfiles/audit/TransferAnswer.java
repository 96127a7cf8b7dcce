package io.reportfiles.audit;

import io.reportfiles.web.PageAnswer;
import io.reportfiles.web.QueryParameters;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Answers a request for transfers in the form asked for: one by one, or joined to downloads. Decides no access. */
public final class TransferAnswer {

    private TransferAnswer() {}

    /** The transfers that {@code filter} lets through. */
    public static Response of(TransferLedger ledger, TransferFilter filter, UriInfo uri) {
        QueryParameters parameters = QueryParameters.of(uri);
        return parameters.flag("joined")
                ? PageAnswer.of(ledger.listJoined(filter, parameters.page()).map(JoinedDownloadJson::of), uri)
                : PageAnswer.of(ledger.list(filter, parameters.page()).map(TransferJson::of), uri);
    }
}
