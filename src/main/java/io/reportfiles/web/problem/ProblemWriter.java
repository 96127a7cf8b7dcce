package io.reportfiles.web.problem;

import io.reportfiles.web.http.DatedResponse;
import io.reportfiles.web.http.RequestIds;
import io.reportfiles.web.http.SecurityHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers failed requests of servlets and filters with a problem document or its page. */
public final class ProblemWriter {

    /** Fields that an earlier filter has set for any answer. */
    private static final List<String> KEPT = List.of("Connection", "Idempotency-Key");

    private ProblemWriter() {}

    /**
     * Replaces whatever {@code response} holds so far by the answer to {@code failure}, and logs it where the fault is
     * ours. The body is complete when this returns, and nothing may be written after it.
     *
     * @throws IllegalStateException if the head was already sent: all that is left then is to break the connection, for
     *     a body that ends cleanly would look whole
     * @throws IOException if the client is gone
     */
    public static void write(HttpServletRequest request, HttpServletResponse response, Throwable failure)
            throws IOException {
        send(request, response, Failures.answer(request, failure));
    }

    static void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        send(request, response, ProblemAnswer.to(RequestFacts.of(request), problem));
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, ProblemAnswer answer)
            throws IOException {
        byte[] body = answer.octets();
        Map<String, String> kept = new HashMap<>();
        KEPT.forEach(name -> kept.put(name, response.getHeader(name)));
        response.reset();
        kept.forEach(response::setHeader); // none without a value
        DatedResponse.date(response); // of an error page, which no filter sees
        response.setStatus(answer.status());
        SecurityHeaders.apply(request, response);
        response.setHeader(RequestIds.HEADER, RequestIds.of(request));
        answer.headers().forEach((name, values) -> setAll(response, name, values));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void setAll(HttpServletResponse response, String name, List<String> values) {
        if (name.equals("Content-Type")) {
            response.setContentType(
                    values.get(0)); // some containers want to know, rather than find it among the fields
            return;
        }
        values.forEach(value -> response.addHeader(name, value));
    }
}
