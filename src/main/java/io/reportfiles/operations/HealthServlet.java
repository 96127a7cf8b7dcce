package io.reportfiles.operations;

import io.reportfiles.web.Stopping;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers {@code GET /health/live} and {@code GET /health/ready} to anybody, with 200 and {@code "status": "UP"}, or with
 * 503 and {@code "DOWN"}, in the form of MicroProfile Health. Being alive asks nothing of anything else: a node is not
 * restarted because its database is away.
 */
@WebServlet(urlPatterns = {HealthServlet.LIVE, HealthServlet.READY})
public class HealthServlet extends HttpServlet {

    static final String LIVE = "/health/live";
    static final String READY = "/health/ready";

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Readiness readiness;

    @Inject
    private transient Stopping stopping;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean up = true;
        JsonArrayBuilder checks = Json.createArrayBuilder();
        boolean ready = request.getServletPath().equals(READY);
        if (ready && stopping.isBegun()) { // what the other checks ask may be gone
            up = false;
            checks.add(json("node", CheckResult.down("STOPPING", "the node is being stopped")));
        } else if (ready) {
            for (TimedCheck check : readiness.checks()) {
                CheckResult result = check.ask();
                up &= result.up();
                checks.add(json(check.name(), result));
            }
        }
        byte[] body = Json.createObjectBuilder()
                .add("status", status(up))
                .add("checks", checks)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static JsonObjectBuilder json(String name, CheckResult result) {
        JsonObjectBuilder data = Json.createObjectBuilder();
        result.data().forEach(data::add);
        return Json.createObjectBuilder()
                .add("name", name)
                .add("status", status(result.up()))
                .add("data", data);
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
