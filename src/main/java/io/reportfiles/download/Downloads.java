package io.reportfiles.download;

import io.reportfiles.access.Action;
import io.reportfiles.config.DownloadSettings;
import io.reportfiles.download.engine.BodyReader;
import io.reportfiles.download.engine.Deliveries;
import io.reportfiles.download.engine.DownloadSubject;
import io.reportfiles.download.engine.ReadAheads;
import io.reportfiles.download.http.DownloadPlan;
import io.reportfiles.download.http.Representation;
import io.reportfiles.download.http.RequestHead;
import io.reportfiles.ledger.running.RunningTransfers;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.ReportFileState;
import io.reportfiles.reportfile.ReportFiles;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What downloads of one file and of several have in common: who may, what is answered, and that each refusal is noted in
 * the ledger.
 */
@ApplicationScoped
public class Downloads {

    private static final String ALLOW = "GET, HEAD, OPTIONS";

    @Inject
    private ReportFiles files;

    @Inject
    private Deliveries deliveries;

    @Inject
    private ReadAheads readAheads;

    @Inject
    private ObjectStore store;

    @Inject
    private RunningTransfers running;

    @Inject
    private DownloadSettings settings;

    @Inject
    private DownloadLedger ledger;

    @Inject
    private KnownDamage damage;

    @Inject
    private DownloadLimits limits;

    @Inject
    private Clock clock;

    /**
     * Whether the request wants to read. What asks for the methods there are is answered.
     *
     * @throws ProblemException 405 to all others
     */
    public static boolean isRead(HttpServletRequest request, HttpServletResponse response) {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> {
                return true;
            }
            case "OPTIONS" -> {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                response.setHeader("Allow", ALLOW);
                return false;
            }
            default ->
                throw new ProblemException(
                        ProblemType.METHOD_NOT_ALLOWED,
                        "Files can be read, not changed: GET, HEAD and OPTIONS are allowed here.",
                        Map.of("Allow", ALLOW));
        }
    }

    /**
     * A file that the caller may read and that is there to be read.
     *
     * @throws ProblemException 404, 403 or 410
     */
    public ReportFileDetails require(HttpServletRequest request, String id) {
        ReportFileDetails file =
                ledger.noteRefusal(request, Optional.empty(), () -> files.require(ReportFileId.parse(id)));
        return ledger.noteRefusal(request, Optional.of(file.id()), () -> {
            CurrentCaller.requireAllowed(request, Action.DOWNLOAD, file.owner());
            return requireAvailable(file);
        });
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

    /**
     * Answers with what the request wants of a representation.
     *
     * @param contents the files it is made of, each of which the caller may read
     */
    public void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            Representation representation,
            List<ReportFileDetails> contents)
            throws IOException {
        Optional<ReportFileId> only =
                contents.size() == 1 ? Optional.of(contents.get(0).id()) : Optional.empty();
        DownloadPlan plan = ledger.noteRefusal(request, only, () -> plan(request, representation, contents));
        if (plan.status() == HttpServletResponse.SC_NOT_MODIFIED) {
            ledger.notModified(request, contents);
            plan.writeHead(response);
        } else if (request.getMethod().equals("HEAD")) {
            plan.writeHead(response);
        } else {
            DownloadLimits.Admission admission = ledger.noteRefusal(
                    request,
                    only,
                    () -> limits.admit(
                            CurrentCaller.require(request), plan.body().length()));
            boolean begun = false;
            try {
                deliver(request, response, plan, contents, admission);
                begun = true;
            } finally {
                if (!begun) {
                    admission.end(0); // unless it knows better already
                }
            }
        }
    }

    private void deliver(
            HttpServletRequest request,
            HttpServletResponse response,
            DownloadPlan plan,
            List<ReportFileDetails> files,
            DownloadLimits.Admission admission)
            throws IOException {
        List<StoredContent> sources = files.stream()
                .map(file -> new StoredContent(store, file.requireStored()))
                .toList();
        LedgerRows rows = ledger.begin(request, files, plan);
        DownloadSubject name = new DownloadSubject(
                "transfer " + rows.first(),
                CurrentCaller.find(request),
                files.stream().map(ReportFileDetails::owner).collect(Collectors.toSet()));
        RecordedDelivery log = new RecordedDelivery(
                name, rows, files, Optional.ofNullable(request.getRemoteAddr()), admission, ledger, running, clock);
        BodyReader reader = new BodyReader(plan.body(), sources, readAheads::of);
        deliveries.deliver(request, response, plan, reader, log, settings.busyWait());
    }

    private DownloadPlan plan(
            HttpServletRequest request, Representation representation, List<ReportFileDetails> contents) {
        DownloadPlan plan = DownloadPlan.decide(RequestHead.of(request), representation, clock)
                .orRefusal(representation);
        if (plan.status() == HttpServletResponse.SC_PARTIAL_CONTENT
                && contents.stream().anyMatch(this::isDamaged)) {
            throw new ProblemException(
                    ProblemType.BAD_GATEWAY,
                    "The stored file was found damaged. Parts of it can't be verified, so it is sent as a whole only.");
        }
        return plan;
    }

    private boolean isDamaged(ReportFileDetails file) {
        return file.damagedAt().isPresent() || damage.has(file.id());
    }
}
