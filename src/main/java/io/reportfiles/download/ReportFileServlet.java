package io.reportfiles.download;

import io.reportfiles.access.Action;
import io.reportfiles.access.Scope;
import io.reportfiles.download.http.Representation;
import io.reportfiles.reportfile.Permalink;
import io.reportfiles.reportfile.Permalinks;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.ReportFileLinks;
import io.reportfiles.reportfile.ReportFiles;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.Redirect;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Hands a report file to a reader who may have it: {@code GET} and {@code HEAD} of {@code /files/{id}} and
 * {@code /files/{id}/{anything}}, and the permalinks, which redirect there. HTTP semantics are those of RFC 9110 for a
 * static resource.
 */
@WebServlet(urlPatterns = "/files/*", asyncSupported = true)
public class ReportFileServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient ReportFiles files;

    @Inject
    private transient Permalinks permalinks;

    @Inject
    private transient Downloads downloads;

    @Inject
    private transient DownloadLedger ledger;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Downloads.isRead(request, response)) {
            return;
        }
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        Optional<Permalink> permalink = Permalink.findAltered(path);
        if (permalink.isPresent()) {
            Permalink meant = permalinks.meant(permalink.get());
            ReportFileDetails file = ledger.noteRefusal(request, Optional.empty(), () -> find(meant, request));
            redirect(
                    response,
                    Permalink.find(path).equals(Optional.of(meant))
                            ? ReportFileLinks.download(request.getContextPath(), file.id(), file.filename())
                            : ReportFileLinks.permalink(request.getContextPath(), meant));
        } else {
            requireNothingBehindTheName(request);
            ReportFileDetails file = downloads.require(request, path.split("/", 3)[1]);
            downloads.answer(request, response, representation(file), List.of(file));
        }
    }

    /** Counted in the path as it was sent: a name may hold an encoded slash. */
    private void requireNothingBehindTheName(HttpServletRequest request) {
        long segments = segments(request.getRequestURI()) - segments(request.getContextPath());
        if (segments > segments("/files/id/name")) {
            ledger.noteRefusal(request, Optional.empty(), () -> {
                throw ReportFileId.unknown();
            });
        }
    }

    private static long segments(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .count();
    }

    /** Permission is decided on the organisation before a file is looked up, so that nothing can be learned. */
    private ReportFileDetails find(Permalink permalink, HttpServletRequest request) {
        CurrentCaller.requireAllowed(
                request, Action.DOWNLOAD, new Scope.OfOrganisation(permalink.organisation(), Optional.empty()));
        return permalink
                .findIn(files)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such report file yet."));
    }

    private static void redirect(HttpServletResponse response, String location) {
        Redirect.found(response, location);
        response.setHeader("Cache-Control", "no-store");
    }

    private static Representation representation(ReportFileDetails file) {
        StoredFile stored = file.requireStored();
        String contentType =
                file.contentType() + file.charset().map("; charset="::concat).orElse("");
        return new Representation(stored.size(), stored.sha256(), file.submittedAt(), contentType, file.filename());
    }
}
