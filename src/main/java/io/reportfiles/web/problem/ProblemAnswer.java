package io.reportfiles.web.problem;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What goes back for a problem, ready for a servlet response or a REST one.
 *
 * @param status the HTTP status code
 * @param headers fields to set, with one value for each field line
 * @param body a document or a page, possibly empty; sent in UTF-8
 */
public record ProblemAnswer(int status, Map<String, List<String>> headers, String body) {

    private static final String BASIC = "Basic realm=\"Report Files\", charset=\"UTF-8\"";
    private static final String BEARER = "Bearer realm=\"Report Files\"";

    /** Pure: the same problem for the same facts is the same answer. */
    public static ProblemAnswer to(RequestFacts facts, Problem problem) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        problem.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        headers.put("Cache-Control", List.of("no-store"));
        headers.put("Vary", List.of("Accept, Accept-Language"));
        if (problem.status() == ProblemType.UNAUTHENTICATED.status()) {
            if (facts.maySignInFirst()) {
                headers.put("Location", List.of(signIn(facts)));
                return new ProblemAnswer(302, headers, "");
            }
            headers.put("WWW-Authenticate", challenges(facts));
        }
        headers.put("Content-Language", List.of(facts.texts().language()));
        Problem said = problem.in(facts.texts());
        if (facts.wantsPage()) {
            headers.put("Content-Type", List.of(ProblemPage.CONTENT_TYPE));
            return new ProblemAnswer(problem.status(), headers, ProblemPage.render(said, facts));
        }
        headers.put("Content-Type", List.of(ProblemDocument.CONTENT_TYPE));
        return new ProblemAnswer(problem.status(), headers, ProblemDocument.render(said, facts.requestId()));
    }

    private static List<String> challenges(RequestFacts facts) {
        if (facts.scheme().equals("bearer")) {
            return List.of(BEARER + ", error=\"invalid_token\""); // RFC 6750 §3.1
        }
        // A browser answers the challenge "Basic" to a script with a dialog of its own, behind the script's back.
        return facts.isScript() ? List.of(BEARER) : List.of(BASIC, BEARER);
    }

    private static String signIn(RequestFacts facts) {
        return facts.contextPath() + "/login?return=" + URLEncoder.encode(facts.address(), StandardCharsets.UTF_8);
    }

    /** The body as it is sent. */
    byte[] octets() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
