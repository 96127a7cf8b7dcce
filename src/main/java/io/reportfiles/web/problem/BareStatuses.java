package io.reportfiles.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/** A failure that a resource or the implementation answers with nothing but a status gets its problem, too. */
@Provider
public class BareStatuses implements ContainerResponseFilter {

    @Context
    private HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() >= 400 && !response.hasEntity()) {
            ProblemAnswer answer =
                    ProblemAnswer.to(RequestFacts.of(servletRequest), StatusProblem.of(response.getStatus()));
            response.setStatus(answer.status());
            answer.headers()
                    .forEach((name, values) ->
                            values.forEach(value -> response.getHeaders().add(name, value)));
            response.setEntity(answer.octets());
        }
    }
}
