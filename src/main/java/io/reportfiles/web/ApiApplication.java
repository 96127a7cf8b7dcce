package io.reportfiles.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The JSON API below {@code /api}. Resources and providers are found by scanning. */
@ApplicationPath("/api")
public class ApiApplication extends Application {

    /** Keeps Jersey from describing itself in WADL to whoever sends {@code OPTIONS}; other implementations ignore it. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
