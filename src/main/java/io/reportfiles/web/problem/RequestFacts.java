package io.reportfiles.web.problem;

import io.reportfiles.web.http.AcceptHeader;
import io.reportfiles.web.http.Navigation;
import io.reportfiles.web.http.RequestIds;
import io.reportfiles.web.text.PageTexts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer to a failed request has to know about the request.
 *
 * @param method as sent
 * @param wantsPage whether a browser navigates and expects something to read
 * @param navigates whether a person follows a link with it, be it a browser or an office program that opens links itself
 * @param isScript whether our own console asks, which shows a sign-in of its own
 * @param scheme what credentials it brought, in lower case: {@code basic}, {@code bearer}; empty when it brought none
 * @param contextPath where the application is deployed: empty or beginning with a slash
 * @param address path and query as they were sent, beginning with a slash
 * @param contact whom people may ask; empty where nobody was named
 * @param texts in the language that people read
 */
public record RequestFacts(
        String requestId,
        String method,
        boolean wantsPage,
        boolean navigates,
        boolean isScript,
        String scheme,
        String contextPath,
        String address,
        String contact,
        PageTexts texts) {

    private static final Set<String> READS = Set.of("GET", "HEAD");

    /** The request attribute with whom people may ask. */
    public static final String CONTACT = RequestFacts.class.getName() + ".contact";

    static RequestFacts of(HttpServletRequest request) {
        String accept = String.join(",", Collections.list(request.getHeaders("Accept")));
        return new RequestFacts(
                RequestIds.of(request),
                request.getMethod(),
                AcceptHeader.prefersHtml(accept),
                Navigation.isOf(request),
                request.getHeader("X-Requested-With") != null,
                schemeOf(request.getHeader("Authorization")),
                request.getContextPath(),
                request.getQueryString() == null
                        ? request.getRequestURI()
                        : request.getRequestURI() + "?" + request.getQueryString(),
                Optional.ofNullable((String) request.getAttribute(CONTACT)).orElse(""),
                PageTexts.of(request));
    }

    private static String schemeOf(String authorization) {
        return authorization == null
                ? ""
                : authorization.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    }

    /** Whether a reader may simply try once more. */
    boolean mayRepeat() {
        return method.equals("GET");
    }

    /** Whether following a link or typing an address led here, so that the same can be done again after signing in. */
    boolean maySignInFirst() {
        return (wantsPage || navigates) && !isScript && scheme.isEmpty() && READS.contains(method);
    }
}
