package io.reportfiles.web;

import io.reportfiles.config.ConsoleSettings;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** First of all filters: gives the request its id, and the answer the id and the fields that every answer has. */
public class RequestFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient ConsoleSettings console;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader(RequestIds.HEADER, RequestIds.of(request));
        SecurityHeaders.apply(response);
        console.contact().ifPresent(contact -> request.setAttribute(Asker.CONTACT, contact));
        chain.doFilter(request, response);
    }
}
