package io.reportfiles.submission.tus;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What the protocol wants of every exchange, failed ones included: answers name its version, and a client that can't send
 * a method says which it means.
 */
public class TusFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Set<String> OVERRIDES = Set.of("PATCH", "DELETE");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(meant(request), new Versioned(response));
    }

    /** Only a POST may mean something else: a method that changes nothing is treated as one until here. */
    private static HttpServletRequest meant(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(Tus.METHOD_OVERRIDE))
                .filter(method -> request.getMethod().equals("POST") && OVERRIDES.contains(method))
                .<HttpServletRequest>map(method -> new HttpServletRequestWrapper(request) {
                    @Override
                    public String getMethod() {
                        return method;
                    }
                })
                .orElse(request);
    }

    private static final class Versioned extends HttpServletResponseWrapper {

        Versioned(HttpServletResponse response) {
            super(response);
            setHeader(Tus.RESUMABLE, Tus.VERSION);
        }

        @Override
        public void reset() {
            super.reset();
            setHeader(Tus.RESUMABLE, Tus.VERSION);
        }
    }
}
