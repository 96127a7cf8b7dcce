package io.reportfiles.signin;

import io.reportfiles.access.Caller;
import io.reportfiles.config.OperationsSettings;
import io.reportfiles.ledger.NewTransfer;
import io.reportfiles.ledger.Refusals;
import io.reportfiles.ledger.TransferLedger;
import io.reportfiles.ledger.TransferOutcome;
import io.reportfiles.signin.Identification.Known;
import io.reportfiles.signin.Identification.Refused;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds out who sends a request, and lets it pass if the caller is known and does not send too many, or if anybody may
 * ask for it; refuses all others, so that what is added to the application is closed to strangers without anybody having
 * to think of it.
 */
public final class SignInFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Pattern DOWNLOADS = Pattern.compile("/files(/.*|\\.zip)");
    /** Below these there is more to do than to read. */
    private static final List<String> CHANGED = List.of("/api", "/uploads", "/login", "/logout");

    private static final Set<String> READS = Set.of("GET", "HEAD");

    @Inject
    private transient RequestAuthentication authentication;

    @Inject
    private transient OperationsSettings operations;

    @Inject
    private transient RequestLimit limit;

    @Inject
    private transient TransferLedger ledger;

    @Inject
    private transient Refusals refusals;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Identification identification = authentication.identify(request);
        if (identification instanceof Refused refused) {
            throw noted(refused.reason(), request);
        }
        if (identification instanceof Known known) {
            admit(known.caller(), request);
        } else if (isQuestion(request)) {
            answer(response);
            return;
        } else if (!isPublic(PublicPaths.pathOf(request))) {
            throw noted(new ProblemException(ProblemType.UNAUTHENTICATED, "Sign in to continue."), request);
        }
        chain.doFilter(request, response);
    }

    /**
     * Whether a stranger asks what may be done with a page or a file. Office programs do before they open a link, and
     * show a dialog of their own where they are asked for a password.
     */
    private static boolean isQuestion(HttpServletRequest request) {
        String path = PublicPaths.pathOf(request);
        return request.getMethod().equals("OPTIONS") && CHANGED.stream().noneMatch(path::startsWith);
    }

    private static void answer(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        response.setHeader("Allow", "GET, HEAD, OPTIONS");
    }

    private void admit(Caller caller, HttpServletRequest request) {
        try {
            limit.admit(caller);
        } catch (ProblemException tooMany) {
            throw noted(tooMany, request);
        }
    }

    /**
     * A refused download leaves a row of the ledger, here as anywhere, where it is known who asked. A stranger costs the
     * ledger none, however many requests are refused.
     */
    private RuntimeException noted(RuntimeException reason, HttpServletRequest request) {
        if (reason instanceof ProblemException problem && isDownload(request)) {
            NewTransfer transfer = NewTransfer.of(request);
            int status = problem.type().status();
            if (transfer.caller().isPresent()) {
                ledger.record(transfer, TransferOutcome.REFUSED, status);
            } else if (status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
                refusals.count(transfer);
            }
        }
        return reason;
    }

    private static boolean isDownload(HttpServletRequest request) {
        return DOWNLOADS.matcher(PublicPaths.pathOf(request)).matches() && READS.contains(request.getMethod());
    }

    private boolean isPublic(String path) {
        return PublicPaths.contains(path) || (operations.metricsPublic() && path.equals("/metrics"));
    }
}
