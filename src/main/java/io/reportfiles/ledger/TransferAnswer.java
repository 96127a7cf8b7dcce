package io.reportfiles.ledger;

import io.reportfiles.web.CsvAnswer;
import io.reportfiles.web.PageAnswer;
import io.reportfiles.web.QueryParameters;
import io.reportfiles.web.problem.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/**
 * Answers a request for transfers in the form asked for: a page of them one by one or joined to downloads, or all of them
 * as comma-separated values. Decides no access.
 */
public final class TransferAnswer {

    private TransferAnswer() {}

    /** The transfers that {@code filter} lets through. */
    public static Response of(TransferLedger ledger, TransferFilter filter, UriInfo uri, HttpHeaders headers) {
        QueryParameters parameters = QueryParameters.of(uri);
        if (CsvAnswer.isWanted(parameters, headers)) {
            return CsvAnswer.of(
                    parameters,
                    "transfers.csv",
                    TransferCsv.COLUMNS,
                    line -> ledger.forEach(filter, transfer -> line.accept(TransferCsv.line(transfer))));
        }
        boolean joined = parameters.flag("joined");
        if (joined && !filter.isNarrow()) {
            throw ProblemException.invalid(
                    "joined", "Joining takes one of the parameters reportFile, account and from as well.");
        }
        return joined
                ? PageAnswer.of(ledger.listJoined(filter, parameters.page()).map(JoinedDownloadJson::of), uri)
                : PageAnswer.of(ledger.list(filter, parameters.page()).map(TransferJson::of), uri);
    }
}
