package io.reportfiles.upload;

import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileJson;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.web.CurrentCaller;
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
import java.util.Base64;
import java.util.HexFormat;

/** {@code POST /api/report-files}: submits a file, sent in a form or as the whole body. */
@Path("report-files")
@RequestScoped
public class SubmissionResource {

    private SubmissionRules rules;
    private Submitter submitter;

    /** For the client proxy; public, since RESTEasy wants to find it. */
    public SubmissionResource() {}

    @Inject
    SubmissionResource(SubmissionRules rules, Submitter submitter) {
        this.rules = rules;
        this.submitter = submitter;
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
        SubmissionBody body = SubmissionBodies.of(request);
        try {
            SubmissionRequest submission = rules.check(
                    body.fields(), owner -> CurrentCaller.requireAllowed(request, Action.SUBMIT, owner.scope()));
            long maxBytes = submission.section().maxBytes();
            if (body.fewestFileBytes() > maxBytes) {
                throw SizeLimit.exceeded(maxBytes);
            }
            return created(submitter.submit(submission, body.file(), caller), request.getContextPath());
        } catch (RefusedBodyException e) {
            throw e.problem();
        } finally {
            if (!body.isRead() && request.getProtocol().startsWith("HTTP/1")) {
                response.setHeader("Connection", "close"); // what is still under way must not be taken for a request
            }
        }
    }

    private static Response created(ReportFileDetails file, String contextPath) {
        ReportFileJson json = ReportFileJson.of(file, contextPath);
        return Response.status(Status.CREATED)
                .header(HttpHeaders.LOCATION, json.links().self())
                .header("Repr-Digest", reprDigest(file.requireStored()))
                .entity(json)
                .build();
    }

    /** RFC 9530 §3: the digest of the file, not of this answer, is what a client compares with its own. */
    private static String reprDigest(StoredFile stored) {
        byte[] digest = HexFormat.of().parseHex(stored.sha256());
        return "sha-256=:%s:".formatted(Base64.getEncoder().encodeToString(digest));
    }
}
