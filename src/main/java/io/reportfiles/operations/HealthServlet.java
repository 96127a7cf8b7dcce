package io.reportfiles.operations;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Answers {@code GET /health/live} and {@code GET /health/ready} with 200 and {@code {"status":"UP"}}, or with 503 and
 * {@code {"status":"DOWN"}} when the database does not answer. Being alive asks nothing of anything else.
 */
@WebServlet(urlPatterns = {HealthServlet.LIVE, HealthServlet.READY})
public class HealthServlet extends HttpServlet {
    static final String LIVE = "/health/live";
    static final String READY = "/health/ready";

    private static final Logger LOG = System.getLogger(HealthServlet.class.getName());

    @PersistenceContext(unitName = "reportfiles")
    private transient EntityManager entities;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean up = LIVE.equals(request.getServletPath()) || databaseAnswers();
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
    }

    private boolean databaseAnswers() {
        try {
            entities.createNativeQuery("select 1").getSingleResult();
            return true;
        } catch (PersistenceException e) {
            LOG.log(Level.WARNING, "The database does not answer", e);
            return false;
        }
    }
}
