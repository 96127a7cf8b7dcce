package io.reportfiles.web.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The id by which a request is found again in log lines, in problem documents and in the answer's
 * {@value #HEADER}. A proxy in front may bring its own.
 */
public final class RequestIds {

    /** Name of the field in requests and answers. */
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestIds.class.getName();
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{7,63}");

    private RequestIds() {}

    /**
     * The id of {@code request}, the same each time: the one it brought if that is 8 to 64 characters of letters, digits
     * and {@code . _ -}, else a new UUID.
     */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String brought = request.getHeader(HEADER);
        String id = isAcceptable(brought) ? brought : newId();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** Of version 4, but without the secrecy of {@link UUID#randomUUID}, for which all threads would wait in turn. */
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63)).toString();
    }

    /** The id as a URI, for a problem's {@code instance}. */
    public static String uri(String id) {
        return (Ids.isId(id) ? "urn:uuid:" : "urn:report-files:request:") + id;
    }

    private static boolean isAcceptable(String id) {
        return id != null && ACCEPTABLE.matcher(id).matches();
    }
}
