package io.reportfiles.bench;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers the bytes of a small file that it has in memory, to anybody: what the server and its HTTP cost by themselves, so
 * what no application in it can go below.
 */
@WebServlet("/from-memory")
public class FromMemoryServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final byte[] BYTES = new byte[4 << 10];

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentLength(BYTES.length);
        response.getOutputStream().write(BYTES);
    }
}
