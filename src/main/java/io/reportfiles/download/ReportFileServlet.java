package io.reportfiles.download;

import io.reportfiles.access.Action;
import io.reportfiles.access.Scope;
import io.reportfiles.reportfile.Permalink;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.ReportFileLinks;
import io.reportfiles.reportfile.ReportFileState;
import io.reportfiles.reportfile.ReportFiles;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Hands a report file to a reader who may have it: {@code GET} and {@code HEAD} of {@code /files/{id}} and
 * {@code /files/{id}/{anything}}, and the permalinks, which redirect there. HTTP semantics are those of RFC 9110 for a
 * static resource.
 */
@WebServlet(urlPatterns = "/files/*", asyncSupported = true)
public class ReportFileServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String ALLOW = "GET, HEAD, OPTIONS";

    @Inject
    private transient ReportFiles files;

    @Inject
    private transient Deliveries deliveries;

    @Inject
    private transient DownloadLedger ledger;

    @Inject
    private transient Clock clock;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> answer(request, response);
            case "OPTIONS" -> {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                response.setHeader("Allow", ALLOW);
            }
            default ->
                throw new ProblemException(
                        ProblemType.METHOD_NOT_ALLOWED,
                        "Files can be read, not changed: GET, HEAD and OPTIONS are allowed here.",
                        Map.of("Allow", ALLOW));
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        Optional<Permalink> permalink = Permalink.find(path);
        if (permalink.isPresent()) {
            redirect(
                    ledger.noteRefusal(request, Optional.empty(), () -> find(permalink.get(), request)),
                    request,
                    response);
        } else {
            ReportFileDetails file = ledger.noteRefusal(
                    request, Optional.empty(), () -> files.require(ReportFileId.parse(path.split("/", 3)[1])));
            deliver(
                    file,
                    ledger.noteRefusal(request, Optional.of(file.id()), () -> plan(file, request)),
                    request,
                    response);
        }
    }

    /** Permission is decided on the organisation before anything is looked up, so that nothing can be learned. */
    private ReportFileDetails find(Permalink permalink, HttpServletRequest request) {
        CurrentCaller.requireAllowed(
                request, Action.DOWNLOAD, new Scope.OfOrganisation(permalink.organisation(), Optional.empty()));
        return permalink
                .findIn(files)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such report file yet."));
    }

    private static void redirect(ReportFileDetails file, HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", ReportFileLinks.download(request.getContextPath(), file.id(), file.filename()));
        response.setHeader("Cache-Control", "no-store");
    }

    private DownloadPlan plan(ReportFileDetails file, HttpServletRequest request) {
        CurrentCaller.requireAllowed(request, Action.DOWNLOAD, file.owner());
        StoredFile stored = requireAvailable(file).requireStored();
        Representation representation = new Representation(
                stored.size(), stored.sha256(), file.submittedAt(), file.contentType(), file.filename());
        DownloadPlan plan = DownloadPlan.decide(RequestHead.of(request), representation, clock);
        if (plan.status() == HttpServletResponse.SC_PRECONDITION_FAILED) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED, "The file is not the one that the request expects.");
        }
        if (plan.status() == HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE) {
            throw new ProblemException(
                    ProblemType.RANGE_NOT_SATISFIABLE,
                    "The file has %d bytes; none of them was asked for.".formatted(stored.size()),
                    plan.fields());
        }
        if (plan.status() == HttpServletResponse.SC_PARTIAL_CONTENT
                && file.damagedAt().isPresent()) {
            throw new ProblemException(
                    ProblemType.BAD_GATEWAY,
                    "The stored file was found damaged. Parts of it can't be verified, so it is sent as a whole only.");
        }
        return plan;
    }

    private void deliver(
            ReportFileDetails file, DownloadPlan plan, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (plan.status() == HttpServletResponse.SC_NOT_MODIFIED) {
            ledger.notModified(request, file.id());
            plan.writeHead(response);
        } else {
            deliveries.deliver(request, response, plan, file);
        }
    }

    private static ReportFileDetails requireAvailable(ReportFileDetails file) {
        if (file.state() == ReportFileState.WITHDRAWN) {
            throw new ProblemException(ProblemType.GONE, "This report file was withdrawn.");
        }
        if (file.state() != ReportFileState.AVAILABLE) {
            throw ReportFileId.unknown();
        }
        return file;
    }
}
