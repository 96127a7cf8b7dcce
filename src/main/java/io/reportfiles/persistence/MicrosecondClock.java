package io.reportfiles.persistence;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Gives the application its clock. */
@Dependent
class MicrosecondClock {

    /** Ticks in microseconds: what PostgreSQL keeps, so that an instant read back equals the one that was written. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
    }
}
