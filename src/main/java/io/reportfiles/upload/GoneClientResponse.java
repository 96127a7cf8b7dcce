package io.reportfiles.upload;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * An answer that nobody may be there to read. The REST implementations take a failure to write it for a defect and log
 * it as one; here it ends. Only for short answers that are complete before they are written.
 */
final class GoneClientResponse extends HttpServletResponseWrapper {

    private static final Logger LOG = System.getLogger(GoneClientResponse.class.getName());

    GoneClientResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new Output(super.getOutputStream());
    }

    @Override
    public void flushBuffer() {
        unlessGone(super::flushBuffer);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void unlessGone(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the client left before its answer: {0}", e.getMessage());
        }
    }

    private static final class Output extends ServletOutputStream {

        private final ServletOutputStream target;

        Output(ServletOutputStream target) {
            this.target = target;
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
        public void write(int octet) {
            unlessGone(() -> target.write(octet));
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            unlessGone(() -> target.write(buffer, offset, length));
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
