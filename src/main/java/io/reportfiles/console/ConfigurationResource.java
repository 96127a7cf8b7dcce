package io.reportfiles.console;

import io.reportfiles.access.Action;
import io.reportfiles.access.Scope;
import io.reportfiles.config.Configuration;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.text.PageTexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code /api/configuration}: the settings in force, for those who look after the installation. */
@Path("configuration")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class ConfigurationResource {

    @Inject
    private Configuration configuration;

    @Context
    private HttpServletRequest request;

    /**
     * All settings.
     *
     * @param items by what they are about
     */
    public record ConfigurationJson(List<Configuration.Concern> items) {}

    /** The settings in force; secrets are not among them. */
    @GET
    public ConfigurationJson configuration() {
        CurrentCaller.requireAllowed(request, Action.VIEW_METRICS, new Scope.Installation());
        PageTexts texts = PageTexts.of(request);
        return new ConfigurationJson(configuration.inForce().stream()
                .map(concern -> new Configuration.Concern(texts.say(concern.title()), concern.settings()))
                .toList());
    }
}
