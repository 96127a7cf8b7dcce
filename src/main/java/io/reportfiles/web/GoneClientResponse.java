package io.reportfiles.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * An answer that nobody may be there to read. The REST implementations take a failure to write it for a defect and log
 * it as one; here it ends. Only the writer of an export hears of it, at the next write, so that it reads no more rows.
 * Not for downloads, which have to know at once.
 */
public final class GoneClientResponse extends HttpServletResponseWrapper {

    private static final Logger LOG = System.getLogger(GoneClientResponse.class.getName());

    /** Writes to {@code response}, and drops the bytes that do not get there. */
    public GoneClientResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new Output(super.getOutputStream(), this);
    }

    @Override
    public void flushBuffer() {
        unlessGone(super::flushBuffer);
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** Whether the bytes got there. */
    private static boolean unlessGone(Writing writing) {
        try {
            writing.run();
            return true;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the client left before its answer: {0}", e.getMessage());
            return false;
        }
    }

    private static final class Output extends ServletOutputStream {

        private final ServletOutputStream target;
        private final HttpServletResponse response;
        private boolean gone;

        Output(ServletOutputStream target, HttpServletResponse response) {
            this.target = target;
            this.response = response;
        }

        @Override
        public boolean isReady() {
            return target.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            target.setWriteListener(listener);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            if (gone && String.valueOf(response.getContentType()).startsWith(CsvAnswer.TYPE)) {
                throw new IOException("the client has left"); // an export has nobody to go on for
            }
            gone |= !unlessGone(() -> target.write(buffer, offset, length));
        }

        @Override
        public void flush() {
            unlessGone(target::flush);
        }

        @Override
        public void close() {
            unlessGone(target::close);
        }
    }
}
