package io.reportfiles.submission;

import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.config.SenderSettings;
import io.reportfiles.reportfile.IdempotencyKey;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileJson;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.text.PageTexts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code POST /api/report-files}: submits a file, sent in a form or as the whole body. */
@Path("report-files")
@RequestScoped
public class SubmissionResource {

    private static final String NOTE = "Report-File-Note";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private SubmissionRules rules;
    private RepeatableSubmissions repeatable;
    private SubmissionSlots slots;
    private SubmissionJournal journal;
    private SenderSettings senders;

    /** For the client proxy; public, since RESTEasy wants to find it. */
    public SubmissionResource() {}

    @Inject
    SubmissionResource(
            SubmissionRules rules,
            RepeatableSubmissions repeatable,
            SubmissionSlots slots,
            SubmissionJournal journal,
            SenderSettings senders) {
        this.rules = rules;
        this.repeatable = repeatable;
        this.slots = slots;
        this.journal = journal;
        this.senders = senders;
    }

    /**
     * Takes a file. The servlet's request and not an entity parameter gives the body, since a provider would buffer it;
     * who asks and what is announced is judged before the first byte of the file is read, so that a client that sent
     * {@code Expect: 100-continue} (RFC 9110 §10.1.1) keeps it.
     */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response submit(@Context HttpServletRequest request, @Context HttpServletResponse response)
            throws IOException {
        Caller caller = CurrentCaller.require(request);
        noted(caller, () -> {
            slots.take(caller);
            return caller;
        });
        try {
            return submit(request, response, caller);
        } finally {
            slots.giveBack(caller);
        }
    }

    private Response submit(HttpServletRequest request, HttpServletResponse response, Caller caller)
            throws IOException {
        IdempotencyKey key = noted(caller, () -> idempotencyKey(request));
        response.setHeader(IDEMPOTENCY_KEY, key.value()); // from the start, so that every answer names it
        SubmissionBody body = noted(caller, () -> SubmissionBodies.of(request, new MinimumRate(senders)));
        try {
            SubmissionRequest submission = noted(caller, () -> check(request, caller, body));
            ReportFileDetails file = repeatable.submit(submission, body.file(), caller, key);
            return created(file, request.getContextPath(), body.note().map(PageTexts.of(request)::say));
        } finally {
            if (!body.isRead() && request.getProtocol().startsWith("HTTP/1")) {
                response.setHeader("Connection", "close"); // what is still under way must not be taken for a request
            }
        }
    }

    private SubmissionRequest check(HttpServletRequest request, Caller caller, SubmissionBody body) throws IOException {
        rules.checkBeforeReading(caller, body.fewestFileBytes());
        SubmissionRequest submission = rules.check(
                body.fields(), owner -> CurrentCaller.requireAllowed(request, Action.SUBMIT, owner.scope()));
        long maxBytes = submission.section().maxBytes();
        if (body.fewestFileBytes() > maxBytes) {
            throw SizeLimit.exceeded(maxBytes);
        }
        return submission;
    }

    /** Before there is a row that could say it, the journal says that a submission was refused. */
    private <T> T noted(Caller caller, SubmissionJournal.Step<T> step) throws IOException {
        return journal.noting(SubmissionForm.WHOLE, caller, step);
    }

    /** The key that the client chose, or one of our making: with it a client finds out what became of its submission. */
    private static IdempotencyKey idempotencyKey(HttpServletRequest request) {
        List<String> given = Collections.list(request.getHeaders(IDEMPOTENCY_KEY));
        if (given.size() > 1) {
            throw ProblemException.invalid(IDEMPOTENCY_KEY, "Idempotency-Key can be given once.");
        }
        try {
            return given.stream()
                    .map(String::strip)
                    .map(IdempotencyKey::new)
                    .findFirst()
                    .orElseGet(() -> new IdempotencyKey(UUID.randomUUID().toString()));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(IDEMPOTENCY_KEY, e.getMessage());
        }
    }

    private static Response created(ReportFileDetails file, String contextPath, Optional<String> note) {
        ReportFileJson json = ReportFileJson.of(file, contextPath);
        return Response.status(Status.CREATED)
                .header(HttpHeaders.LOCATION, json.links().self())
                .header("Repr-Digest", file.requireStored().reprDigest())
                .header(NOTE, note.orElse(null)) // none without a value
                .entity(json)
                .build();
    }
}
