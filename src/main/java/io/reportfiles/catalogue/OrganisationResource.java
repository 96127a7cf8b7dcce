package io.reportfiles.catalogue;

import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import io.reportfiles.web.BodyReading;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.PageAnswer;
import io.reportfiles.web.QueryParameters;
import io.reportfiles.web.Requires;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** Who report files belong to. Everybody who is signed in sees them; administrators create and change them. */
@ApplicationScoped
@Path("organisations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrganisationResource {

    private Catalogue catalogue;
    private CatalogueAdministration administration;

    /** For the client proxy; public, since RESTEasy wants to find it. */
    public OrganisationResource() {}

    @Inject
    public OrganisationResource(Catalogue catalogue, CatalogueAdministration administration) {
        this.catalogue = catalogue;
        this.administration = administration;
    }

    /** Lists them by code; {@code q} searches code and name. */
    @GET
    public Response list(@Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.VIEW_CATALOGUE, new Scope.Installation());
        QueryParameters parameters = QueryParameters.of(uri);
        return PageAnswer.of(
                catalogue.listOrganisations(parameters.find("q"), parameters.find("region"), parameters.page()), uri);
    }

    /** One of them. */
    @GET
    @Path("{code}")
    public OrganisationDetails get(@PathParam("code") String code, @Context HttpServletRequest request) {
        CurrentCaller.requireAllowed(request, Action.VIEW_CATALOGUE, new Scope.Installation());
        return catalogue
                .findOrganisation(code)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "There is no organisation with this code."));
    }

    /** Creates one. */
    @POST
    @Requires(Action.MANAGE_CATALOGUE)
    public Response create(
            @NotNull(message = "The body has to be the JSON of an organisation.") @Valid OrganisationForm form,
            @Context HttpServletRequest request,
            @Context UriInfo uri) {
        Caller caller = CurrentCaller.require(request);
        OrganisationDetails created = form.created();
        administration.create(created, caller);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(created.code()).build())
                .entity(created)
                .build();
    }

    /** Changes what is sent of one, except its code. */
    @PUT
    @Requires(Action.MANAGE_CATALOGUE)
    @Path("{code}")
    public OrganisationDetails change(
            @PathParam("code") String code,
            @NotNull(message = "The body has to be the JSON of an organisation.") @Valid OrganisationForm form,
            @Context HttpServletRequest request) {
        Caller caller = CurrentCaller.require(request);
        Set<String> sent = BodyReading.membersOf(request);
        return administration.changeOrganisation(code, existing -> form.changed(existing, sent), caller);
    }
}
