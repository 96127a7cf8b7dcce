package io.reportfiles.operations;

import io.reportfiles.config.ShutdownSettings;
import io.reportfiles.ledger.running.BreakOff;
import io.reportfiles.ledger.running.RunningTransfers;
import io.reportfiles.web.Stopping;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Lets what is under way come to its end when the node is stopped: by SIGTERM or SIGINT, while the server still serves as
 * ever, or else when the server takes the application down.
 */
@WebListener
public class GracefulStop implements ServletContextListener {

    private static final Logger LOG = System.getLogger(GracefulStop.class.getName());

    /** How long what was broken off may take to say so. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    @Inject
    private Stopping stopping;

    @Inject
    private RunningTransfers transfers;

    @Inject
    private ShutdownSettings settings;

    @Inject
    private LastSeals seals;

    private TerminationSignals signals;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Class<?> ofServer = event.getServletContext().getClass();
        signals = TerminationSignals.doing(() -> {
            stop();
            ListenerStop.run(ofServer);
        });
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        signals.close();
        stop();
    }

    /** Takes no new work, and returns when nothing is under way any more. */
    private synchronized void stop() {
        if (stopping.isBegun()) {
            return; // all of it has ended
        }
        stopping.begin();
        letWorkEnd();
        stopping.endPatience(); // also for a request that has waited for its body, and comes only now
        seals.log();
    }

    private void letWorkEnd() {
        if (isIdle()) {
            return;
        }
        LOG.log(
                Level.INFO,
                "stopping; {0} requests and {1} transfers under way have {2} s to end",
                stopping.requests(),
                transfers.count(),
                settings.grace().toSeconds());
        if (!idleWithin(settings.grace())) {
            LOG.log(
                    Level.WARNING,
                    "{0} requests and {1} transfers have not ended and are broken off",
                    stopping.requests(),
                    transfers.count());
            stopping.endPatience();
            transfers.breakOffAll(BreakOff.STOPPING);
            idleWithin(LAST_WORDS);
        }
    }

    private boolean isIdle() {
        return stopping.requests() == 0 && transfers.count() == 0;
    }

    private boolean idleWithin(Duration time) {
        long start = System.nanoTime();
        while (!isIdle()) {
            if (System.nanoTime() - start > time.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(LOOK_AGAIN.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
