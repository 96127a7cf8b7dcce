package io.reportfiles.account;

import io.reportfiles.account.Identification.Known;
import io.reportfiles.account.Identification.Refused;
import io.reportfiles.config.OperationsSettings;
import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets a request pass if its caller is known or if anybody may ask for it; refuses all others, so that what is added to
 * the application is closed to strangers without anybody having to think of it.
 */
public final class SignInFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient OperationsSettings operations;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Identification identification = Identification.of(request);
        if (identification instanceof Refused refused) {
            throw refused.reason();
        }
        if (!(identification instanceof Known) && !isPublic(PublicPaths.pathOf(request))) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "Sign in to continue.");
        }
        chain.doFilter(request, response);
    }

    private boolean isPublic(String path) {
        return PublicPaths.contains(path) || (operations.metricsPublic() && path.equals("/metrics"));
    }
}
