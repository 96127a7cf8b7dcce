package io.reportfiles.operations;

import io.reportfiles.access.Action;
import io.reportfiles.access.Scope;
import io.reportfiles.config.OperationsSettings;
import io.reportfiles.web.CurrentCaller;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers {@code GET /metrics} in the text format of Prometheus, to those who may see metrics unless they are public. */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Meters meters;

    @Inject
    private transient OperationsSettings settings;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!settings.metricsPublic()) {
            CurrentCaller.requireAllowed(request, Action.VIEW_METRICS, new Scope.Installation());
        }
        byte[] body = meters.scrape().getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain;version=0.0.4;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
