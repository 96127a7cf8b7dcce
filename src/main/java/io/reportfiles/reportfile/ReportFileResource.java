package io.reportfiles.reportfile;

import io.reportfiles.access.AccessPolicy;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import io.reportfiles.ledger.TransferAnswer;
import io.reportfiles.ledger.TransferFilter;
import io.reportfiles.ledger.TransferLedger;
import io.reportfiles.web.CsvAnswer;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.PageAnswer;
import io.reportfiles.web.QueryParameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/**
 * What is known about report files, and taking them out of circulation. A file whose submission has not come to an end,
 * or never did, exists only for those who may see the audit.
 */
@ApplicationScoped
@Path("report-files")
@Produces(MediaType.APPLICATION_JSON)
public class ReportFileResource {

    private static final Scope INSTALLATION = new Scope.Installation();

    private ReportFiles files;
    private TransferLedger ledger;
    private MissingReaders missing;
    private SubmissionSummaries summaries;

    /** For the client proxy; public, since RESTEasy wants to find it. */
    public ReportFileResource() {}

    @Inject
    ReportFileResource(
            ReportFiles files, TransferLedger ledger, MissingReaders missing, SubmissionSummaries summaries) {
        this.files = files;
        this.ledger = ledger;
        this.missing = missing;
        this.summaries = summaries;
    }

    /** Lists the report files that the caller may see. */
    @GET
    public Response list(@Context HttpServletRequest request, @Context UriInfo uri) {
        Caller caller = CurrentCaller.require(request);
        ReportFileQuery query = ReportFileQueryParameters.read(QueryParameters.of(uri));
        if (!query.states().stream().allMatch(ReportFileState::isPublished)) {
            CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, INSTALLATION);
        }
        return PageAnswer.of(files.list(query, AccessPolicy.visibleTo(caller)).map(file -> json(file, request)), uri);
    }

    /** How many files were submitted that the caller may see, by day, organisation and section. */
    @GET
    @Path("summary")
    public SubmissionSummary summary(@Context HttpServletRequest request, @Context UriInfo uri) {
        return summaries.count(QueryParameters.of(uri), AccessPolicy.visibleTo(CurrentCaller.require(request)));
    }

    /** One report file. */
    @GET
    @Path("{id}")
    public ReportFileJson get(@PathParam("id") String id, @Context HttpServletRequest request) {
        return json(require(id, Action.VIEW_METADATA, request), request);
    }

    /** The published versions of the same report, the last one first. */
    @GET
    @Path("{id}/versions")
    public Response versions(@PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo uri) {
        ReportFileDetails file = require(id, Action.VIEW_METADATA, request);
        return PageAnswer.of(
                files.versions(file, QueryParameters.of(uri).page()).map(version -> json(version, request)), uri);
    }

    /** Who downloaded it, and how it ended; the last one first. */
    @GET
    @Path("{id}/transfers")
    @Produces({MediaType.APPLICATION_JSON, CsvAnswer.TYPE})
    public Response transfers(
            @PathParam("id") String id,
            @Context HttpServletRequest request,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        ReportFileDetails file = require(id, Action.VIEW_TRANSFERS, request);
        return TransferAnswer.of(ledger, TransferFilter.ofReportFile(file.id().value()), uri, headers);
    }

    /** Who of its organisation may download it and has not done so yet. */
    @GET
    @Path("{id}/missing-readers")
    public Response missingReaders(
            @PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo uri) {
        ReportFileDetails file = require(id, Action.VIEW_TRANSFERS, request);
        return PageAnswer.of(missing.list(file, QueryParameters.of(uri).page()), uri);
    }

    /** Takes it out of circulation. */
    @POST
    @Path("{id}/withdraw")
    public ReportFileJson withdraw(@PathParam("id") String id, @Context HttpServletRequest request) {
        ReportFileDetails file = require(id, Action.WITHDRAW, request);
        return json(files.withdraw(file.id(), CurrentCaller.require(request)), request);
    }

    /** Puts it back into circulation. */
    @POST
    @Path("{id}/restore")
    public ReportFileJson restore(@PathParam("id") String id, @Context HttpServletRequest request) {
        ReportFileDetails file = require(id, Action.WITHDRAW, request);
        return json(files.restore(file.id(), CurrentCaller.require(request)), request);
    }

    private ReportFileDetails require(String id, Action action, HttpServletRequest request) {
        ReportFileDetails file = files.require(ReportFileId.parse(id));
        Caller caller = CurrentCaller.requireAllowed(request, action, file.owner());
        boolean seesAll =
                AccessPolicy.decide(caller, Action.VIEW_AUDIT, INSTALLATION).isAllowed();
        if (!file.state().isPublished() && !seesAll) {
            throw ReportFileId.unknown();
        }
        return file;
    }

    private static ReportFileJson json(ReportFileDetails file, HttpServletRequest request) {
        return ReportFileJson.of(file, request.getContextPath());
    }
}
