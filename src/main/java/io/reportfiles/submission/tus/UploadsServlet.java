package io.reportfiles.submission.tus;

import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.config.SenderSettings;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.submission.ClientBody;
import io.reportfiles.submission.RefusedBodyException;
import io.reportfiles.submission.SizeLimit;
import io.reportfiles.submission.SubmissionForm;
import io.reportfiles.submission.SubmissionJournal;
import io.reportfiles.submission.SubmissionRequest;
import io.reportfiles.submission.SubmissionRules;
import io.reportfiles.submission.SubmissionSlots;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.http.HttpDate;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The tus protocol, version 1.0.0: {@code POST /uploads} begins an upload, {@code HEAD}, {@code PATCH} and {@code DELETE}
 * of {@code /uploads/{id}} ask how far it is, go on with it and end it. Only the account that began an upload sees it.
 */
@WebServlet(
        urlPatterns = {"/uploads", "/uploads/*"},
        asyncSupported = true)
public class UploadsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String ALLOW_ALL = "OPTIONS, POST";
    private static final String ALLOW_ONE = "DELETE, HEAD, OPTIONS, PATCH";

    @Inject
    private transient SubmissionRules rules;

    @Inject
    private transient SenderSettings senders;

    @Inject
    private transient ResumableSubmissions submissions;

    @Inject
    private transient SubmissionSlots slots;

    @Inject
    private transient SubmissionJournal journal;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        TusRequest asked = new TusRequest(request, senders);
        try {
            answer(request, asked, response);
        } catch (RefusedBodyException e) {
            throw brokenOff(e, asked);
        } finally {
            asked.closeUnlessRead(response);
        }
    }

    private void answer(HttpServletRequest request, TusRequest asked, HttpServletResponse response) throws IOException {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        boolean one = path.length() > 1;
        if (request.getMethod().equals("OPTIONS")) {
            describe(response, one ? ALLOW_ONE : ALLOW_ALL);
            return;
        }
        requireVersion(request);
        CurrentCaller.requireReach(request, Action.SUBMIT);
        switch ((one ? "one " : "all ") + request.getMethod()) {
            case "all POST" -> inSlot(request, () -> begin(request, asked, response));
            case "one HEAD" -> tell(request, response, require(request, path));
            case "one PATCH" -> inSlot(request, () -> goOn(request, asked, response, require(request, path)));
            case "one DELETE" -> {
                submissions.end(require(request, path));
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            default ->
                throw new ProblemException(
                        ProblemType.METHOD_NOT_ALLOWED,
                        "Uploads are begun with POST at /uploads, and HEAD, PATCH and DELETE are for one of them.",
                        Map.of("Allow", one ? ALLOW_ONE : ALLOW_ALL));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Does what takes a thread for as long as the bytes of a file take. */
    private void inSlot(HttpServletRequest request, Work work) throws IOException {
        Caller caller = CurrentCaller.require(request);
        journal.noting(SubmissionForm.RESUMABLE, caller, () -> {
            slots.take(caller);
            return caller;
        });
        try {
            work.run();
        } finally {
            slots.giveBack(caller);
        }
    }

    private static ProblemException brokenOff(RefusedBodyException failure, TusRequest asked) {
        return new ProblemException(
                failure.problem().type(),
                asked.checksum().isPresent()
                        ? "The body broke off, so its checksum is not known; nothing of this request is kept."
                        : "The body broke off; what had arrived is kept. HEAD tells where to go on.");
    }

    private void describe(HttpServletResponse response, String allow) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        response.setHeader("Allow", allow);
        response.setHeader(Tus.VERSIONS, Tus.VERSION);
        response.setHeader(Tus.EXTENSION, Tus.EXTENSIONS);
        response.setHeader(Tus.MAX_SIZE, Long.toString(submissions.largest()));
        response.setHeader(Tus.CHECKSUM_ALGORITHM, UploadChecksum.algorithms());
    }

    private static void requireVersion(HttpServletRequest request) {
        if (!Tus.VERSION.equals(request.getHeader(Tus.RESUMABLE))) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    "Requests here follow the tus protocol and say so: %s: %s.".formatted(Tus.RESUMABLE, Tus.VERSION),
                    Map.of(Tus.VERSIONS, Tus.VERSION));
        }
    }

    private void begin(HttpServletRequest request, TusRequest asked, HttpServletResponse response) throws IOException {
        Caller caller = CurrentCaller.require(request);
        Beginning beginning = journal.noting(SubmissionForm.RESUMABLE, caller, () -> begun(request, asked, caller));
        describe(response, stateOf(beginning));
        response.setHeader("Location", request.getContextPath() + "/uploads/" + beginning.upload.id());
        response.setStatus(HttpServletResponse.SC_CREATED);
    }

    /** A new upload, and its first bytes, should they have come with it. */
    private record Beginning(
            UploadDetails upload, Optional<ClientBody> body, Optional<UploadChecksum> checksum, Caller caller) {}

    private Beginning begun(HttpServletRequest request, TusRequest asked, Caller caller) throws IOException {
        long size = asked.requireLength();
        UploadMetadata metadata = asked.metadata();
        SubmissionRequest submission = rules.check(
                metadata.fields(), owner -> CurrentCaller.requireAllowed(request, Action.SUBMIT, owner.scope()));
        long limit = Math.min(submission.section().maxBytes(), submissions.largest());
        if (size > limit) {
            throw SizeLimit.exceeded(limit);
        }
        Optional<ClientBody> body = asked.findBody();
        Optional<UploadChecksum> checksum = asked.checksum();
        body.ifPresent(announced -> requireFits(announced, 0, size));
        return new Beginning(submissions.begin(submission, size, metadata, caller), body, checksum, caller);
    }

    /** A client that is not answered 201 never hears of its upload, and can't go on with it: then it has ended. */
    private UploadState stateOf(Beginning beginning) throws IOException {
        UploadDetails upload = beginning.upload;
        try {
            return beginning.body.isPresent()
                    ? receiveFirst(upload, beginning.body.get(), beginning)
                    : submissions.state(upload, beginning.caller);
        } catch (IOException | RuntimeException e) {
            submissions.giveUp(upload, e);
            throw e;
        }
    }

    /** What has arrived of a body that broke off, or that the store did not take all of, is kept and can be gone on with. */
    private UploadState receiveFirst(UploadDetails upload, ClientBody body, Beginning beginning) throws IOException {
        try {
            return submissions.receive(upload.id(), 0, body, beginning.checksum, beginning.caller);
        } catch (RefusedBodyException | ObjectStoreException e) {
            UploadDetails now = submissions.reload(upload);
            if (now.object().isWhole()) {
                throw e;
            }
            return new UploadState(now.object().received(), now.expiresAt(), Optional.empty());
        }
    }

    private void goOn(HttpServletRequest request, TusRequest asked, HttpServletResponse response, UploadDetails upload)
            throws IOException {
        long offset = asked.requireOffset();
        Optional<UploadChecksum> checksum = asked.checksum();
        ClientBody body = asked.requireBody();
        requireFits(body, offset, upload.object().size());
        describe(response, submissions.receive(upload.id(), offset, body, checksum, CurrentCaller.require(request)));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static void requireFits(ClientBody body, long offset, long size) {
        if (body.announced() > size - offset) {
            throw Appending.tooLong(size);
        }
    }

    private void tell(HttpServletRequest request, HttpServletResponse response, UploadDetails upload)
            throws IOException {
        Caller caller = CurrentCaller.require(request);
        if (submissions.awaitsCompletion(upload)) {
            inSlot(request, () -> describe(response, submissions.state(upload, caller)));
        } else {
            describe(response, submissions.state(upload, caller));
        }
        response.setHeader(Tus.LENGTH, Long.toString(upload.object().size()));
        if (!upload.metadata().isEmpty()) {
            response.setHeader(UploadMetadata.HEADER, upload.metadata());
        }
        response.setHeader("Cache-Control", "no-store");
        response.setStatus(HttpServletResponse.SC_OK);
    }

    /** The upload of a path, if it is the caller's, who still has to be allowed to submit for its organisation. */
    private UploadDetails require(HttpServletRequest request, String path) {
        Caller caller = CurrentCaller.require(request);
        UploadDetails upload = submissions.require(ReportFileId.parse(path.substring(1)), caller);
        CurrentCaller.requireAllowed(
                request, Action.SUBMIT, submissions.fileOf(upload).owner());
        return upload;
    }

    private static void describe(HttpServletResponse response, UploadState state) {
        response.setHeader(Tus.OFFSET, Long.toString(state.offset()));
        state.file()
                .ifPresentOrElse(
                        file -> describe(response, file),
                        () -> response.setHeader(Tus.EXPIRES, HttpDate.format(state.expiresAt())));
    }

    private static void describe(HttpServletResponse response, ReportFileDetails file) {
        StoredFile stored = file.requireStored();
        response.setHeader(Tus.REPORT_FILE, file.id().toString());
        response.setHeader("Repr-Digest", stored.reprDigest());
    }
}
