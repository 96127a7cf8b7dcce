package io.reportfiles.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Has browsers ask each time whether a page, a script or a style has changed, which the container answers with 304.
 * Otherwise they guess from its age, and mix the scripts of two releases.
 */
@WebFilter(
        urlPatterns = {"/console/*", "/assets/*"},
        asyncSupported = true)
public class StaticFilesFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Cache-Control", "no-cache");
        chain.doFilter(request, response);
    }
}
