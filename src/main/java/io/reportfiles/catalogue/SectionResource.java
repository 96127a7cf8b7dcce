package io.reportfiles.catalogue;

import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import io.reportfiles.inspection.Inspections;
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
import java.util.TreeSet;

/** Kinds of reports. Everybody who is signed in sees them; administrators create and change them. */
@ApplicationScoped
@Path("sections")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SectionResource {

    private Catalogue catalogue;
    private CatalogueAdministration administration;
    private Inspections inspections;

    /** For the client proxy; public, since RESTEasy wants to find it. */
    public SectionResource() {}

    @Inject
    public SectionResource(Catalogue catalogue, CatalogueAdministration administration, Inspections inspections) {
        this.catalogue = catalogue;
        this.administration = administration;
        this.inspections = inspections;
    }

    /** Lists them by code; {@code q} searches code and title. */
    @GET
    public Response list(@Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.VIEW_CATALOGUE, new Scope.Installation());
        QueryParameters parameters = QueryParameters.of(uri);
        return PageAnswer.of(
                catalogue.listSections(parameters.find("q"), parameters.page()).map(SectionJson::of), uri);
    }

    /** One of them. */
    @GET
    @Path("{code}")
    public SectionJson get(@PathParam("code") String code, @Context HttpServletRequest request) {
        CurrentCaller.requireAllowed(request, Action.VIEW_CATALOGUE, new Scope.Installation());
        return catalogue
                .findSection(code)
                .map(SectionJson::of)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no section with this code."));
    }

    /** Creates one. */
    @POST
    @Requires(Action.MANAGE_CATALOGUE)
    public Response create(
            @NotNull(message = "The body has to be the JSON of a section.") @Valid SectionForm form,
            @Context HttpServletRequest request,
            @Context UriInfo uri) {
        Caller caller = CurrentCaller.require(request);
        SectionDetails created = requireInstalled(form.created());
        administration.create(created, caller);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(created.code()).build())
                .entity(SectionJson.of(created))
                .build();
    }

    /** Changes what is sent of one, except its code. */
    @PUT
    @Requires(Action.MANAGE_CATALOGUE)
    @Path("{code}")
    public SectionJson change(
            @PathParam("code") String code,
            @NotNull(message = "The body has to be the JSON of a section.") @Valid SectionForm form,
            @Context HttpServletRequest request) {
        Caller caller = CurrentCaller.require(request);
        return SectionJson.of(
                administration.changeSection(code, existing -> requireInstalled(form.changed(existing)), caller));
    }

    /** With a check that is not installed no file could be submitted: better said to who saves it than to all of them. */
    private SectionDetails requireInstalled(SectionDetails section) {
        Set<String> missing = new TreeSet<>(section.checks());
        missing.removeAll(inspections.installed());
        if (!missing.isEmpty()) {
            throw ProblemException.invalid(
                    "checks",
                    "Not installed here: %s. There are: %s."
                            .formatted(
                                    String.join(", ", missing),
                                    String.join(", ", new TreeSet<>(inspections.installed()))));
        }
        return section;
    }
}
