package io.reportfiles.web;

import io.reportfiles.access.Action;
import io.reportfiles.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/** Decides what {@link Requires} asks for. It runs once the method is known, and before its body is bound. */
@Provider
@Requires(Action.VIEW_CATALOGUE) // binds it to methods with the annotation, whatever their value
public class RequiresFilter implements ContainerRequestFilter {

    @Context
    private ResourceInfo resource;

    @Context
    private HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        Requires required = resource.getResourceMethod().getAnnotation(Requires.class);
        CurrentCaller.requireAllowed(request, required.value(), new Scope.Installation());
    }
}
