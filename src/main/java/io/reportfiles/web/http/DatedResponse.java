package io.reportfiles.web.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.time.Clock;

/**
 * A response that says when it was made (RFC 9110 §6.6.1), which Payara does not. A server that does keeps what it finds.
 * What takes long is dated when its status is known.
 */
public final class DatedResponse extends HttpServletResponseWrapper {

    private static final String DATE = "Date";

    /** The time of day, which other machines compare with theirs. */
    private static final Clock CLOCK = Clock.systemUTC();

    public DatedResponse(HttpServletResponse response) {
        super(response);
        date(response);
    }

    /** Dates a response as of now, unless its head is sent. */
    public static void date(HttpServletResponse response) {
        if (!response.isCommitted()) {
            response.setHeader(DATE, HttpDate.format(CLOCK.instant()));
        }
    }

    @Override
    public void setStatus(int status) {
        super.setStatus(status);
        date(this);
    }

    @Override
    public void reset() {
        super.reset();
        date(this);
    }
}
