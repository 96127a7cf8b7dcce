package io.reportfiles.console;

import io.reportfiles.config.ConsoleSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;

/** {@code /api/console}: what the console has to know about this installation. */
@Path("console")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class ConsoleResource {

    @Inject
    private ConsoleSettings settings;

    @Inject
    private Clock clock;

    /**
     * What everybody who is signed in may know.
     *
     * @param contact whom to ask
     * @param fiscalYearStart the month in which a fiscal year begins, 1 to 12
     * @param period the period of today, in the time zone of the server
     */
    public record ConsoleJson(Optional<String> contact, int fiscalYearStart, FiscalPeriod period) {}

    /** What the console has to know. */
    @GET
    public ConsoleJson console() {
        return new ConsoleJson(
                settings.contact(),
                settings.fiscalYearStart().getValue(),
                FiscalPeriod.of(LocalDate.now(clock), settings.fiscalYearStart()));
    }
}
