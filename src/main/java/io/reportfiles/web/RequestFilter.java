package io.reportfiles.web;

import io.reportfiles.config.ConsoleSettings;
import io.reportfiles.config.HttpSettings;
import io.reportfiles.web.http.DatedResponse;
import io.reportfiles.web.http.RequestIds;
import io.reportfiles.web.http.SecurityHeaders;
import io.reportfiles.web.problem.RequestFacts;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** First of all filters: gives the request its id and its client, and the answer the id and the fields that every answer has. */
public class RequestFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient ConsoleSettings console;

    @Inject
    private transient HttpSettings http;

    @Override
    protected void doFilter(HttpServletRequest received, HttpServletResponse undated, FilterChain chain)
            throws IOException, ServletException {
        HttpServletResponse response = new DatedResponse(undated);
        HttpServletRequest request = ForwardedRequest.of(received, http);
        response.setHeader(RequestIds.HEADER, RequestIds.of(request));
        SecurityHeaders.apply(request, response);
        console.contact().ifPresent(contact -> request.setAttribute(RequestFacts.CONTACT, contact));
        chain.doFilter(request, response);
    }
}
