package io.reportfiles.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The body of a request that is not a submission: small, and whole in memory before any code of a feature sees it.
 * {@link ShortBodyFilter} reads it.
 */
public final class ShortBody {

    /** The most bytes that are read. */
    public static final int MAX_BYTES = 65_536;

    private static final String STREAMED = ShortBody.class.getName() + ".streamed";

    private ShortBody() {}

    /** Leaves the body of {@code request} to the code that streams it. */
    public static void leaveToStream(HttpServletRequest request) {
        request.setAttribute(STREAMED, true);
    }

    /** Whether {@code request} has a body that is to be read here: RFC 9112 §6, and RFC 9113 §8.1 for HTTP/2. */
    static boolean isExpected(HttpServletRequest request) {
        boolean mayHaveOne = switch (request.getMethod()) {
            case "POST", "PUT", "PATCH", "DELETE" -> true;
            default -> false;
        };
        return mayHaveOne
                && request.getAttribute(STREAMED) == null
                && request.getContentLengthLong() != 0
                && (request.getContentLengthLong() > 0
                        || Optional.ofNullable(request.getHeader("Transfer-Encoding"))
                                .isPresent()
                        || request.getProtocol().startsWith("HTTP/2"));
    }

    /** The request with {@code body} in the place of what the container would read. */
    static HttpServletRequest with(HttpServletRequest request, Received body) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public ServletInputStream getInputStream() {
                return new Bytes(new ByteArrayInputStream(body.bytes()));
            }

            @Override
            public BufferedReader getReader() {
                return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
            }
        };
    }

    /** A body that is known once it has come. */
    interface Received {
        byte[] bytes();
    }

    private static final class Bytes extends ServletInputStream {

        private final InputStream source;

        Bytes(ByteArrayInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            return source.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return source.read(buffer, offset, length);
        }

        @Override
        public int available() throws IOException {
            return source.available();
        }

        @Override
        public boolean isFinished() {
            return remaining() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException();
        }

        private int remaining() {
            try {
                return source.available();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
