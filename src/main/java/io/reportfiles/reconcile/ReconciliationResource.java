package io.reportfiles.reconcile;

import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import io.reportfiles.config.ReconciliationSettings.UnknownObjects;
import io.reportfiles.reconcile.Reconciler.Started;
import io.reportfiles.reconcile.Reconciliations.Condition;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.PageAnswer;
import io.reportfiles.web.PageRequest;
import io.reportfiles.web.QueryParameters;
import io.reportfiles.web.http.Ids;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code /api/reconciliations}: has bucket and database compared, and shows what came of it. */
@ApplicationScoped
@Path("reconciliations")
@Produces(MediaType.APPLICATION_JSON)
public class ReconciliationResource {

    private static final Scope INSTALLATION = new Scope.Installation();
    private static final PageRequest FIRST_FINDINGS = new PageRequest(1, 100);

    /** How long an answer waits for the end, so that in a small installation it has the findings. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    @Resource
    private ManagedExecutorService executor;

    private Reconciler reconciler;
    private Reconciliations runs;

    /** For the client proxy; public, since RESTEasy wants to find it. */
    public ReconciliationResource() {}

    @Inject
    ReconciliationResource(Reconciler reconciler, Reconciliations runs) {
        this.reconciler = reconciler;
        this.runs = runs;
    }

    /** Starts a run. {@code ?dryRun=true} changes nothing. */
    @POST
    public Response start(@Context HttpServletRequest request, @Context UriInfo uri) {
        Caller caller = CurrentCaller.requireAllowed(request, Action.RECONCILE, INSTALLATION);
        boolean dryRun = QueryParameters.of(uri).flag("dryRun");
        Started run = start(new Mode(caller.name(), dryRun, UnknownObjects.REMOVE));
        await(run.end());
        return Response.status(Status.ACCEPTED)
                .header(HttpHeaders.LOCATION, request.getContextPath() + "/api/reconciliations/" + run.id())
                .entity(runs.find(run.id()).map(this::json).orElseThrow(ReconciliationResource::unknown))
                .build();
    }

    private Started start(Mode mode) {
        try {
            return reconciler
                    .start(mode, Condition.FREE, executor)
                    .orElseThrow(() -> ProblemException.retryLater(
                            ProblemType.CONFLICT, "Bucket and database are being compared already.", RETRY_AFTER));
        } catch (RejectedExecutionException e) {
            throw ProblemException.retryLater(
                    ProblemType.BUSY, "There is no thread free for it. Try again soon.", RETRY_AFTER, e);
        }
    }

    /** The last runs, the newest first. */
    @GET
    public Response list(@Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, INSTALLATION);
        return PageAnswer.of(runs.list(QueryParameters.of(uri).page()).map(this::json), uri);
    }

    /** One run. */
    @GET
    @Path("{id}")
    public ReconciliationJson get(@PathParam("id") String id, @Context HttpServletRequest request) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, INSTALLATION);
        return json(require(id));
    }

    /** All that one run has found. */
    @GET
    @Path("{id}/findings")
    public Response findings(@PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo uri) {
        CurrentCaller.requireAllowed(request, Action.VIEW_AUDIT, INSTALLATION);
        ReconciliationDetails run = require(id);
        return PageAnswer.of(
                runs.findings(run.id(), QueryParameters.of(uri).page()).map(ReconciliationJson.FindingJson::of), uri);
    }

    private ReconciliationJson json(ReconciliationDetails run) {
        return ReconciliationJson.of(
                run, runs.findings(run.id(), FIRST_FINDINGS).items());
    }

    private ReconciliationDetails require(String id) {
        return Ids.parse(id).flatMap(runs::find).orElseThrow(ReconciliationResource::unknown);
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such comparison; old ones are forgotten.");
    }

    private static void await(Future<?> run) {
        try {
            run.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return; // it goes on; the client asks again
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
