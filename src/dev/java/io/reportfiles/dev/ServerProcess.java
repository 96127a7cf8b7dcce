package io.reportfiles.dev;

import java.util.concurrent.TimeUnit;

/** How servers that were started as processes are ended. */
public final class ServerProcess {

    private static final int STOP_SECONDS = 40;

    private ServerProcess() {}

    /** Asks a server to stop, by SIGTERM alone: {@link Process#destroy} closes its input as well, which is the end of it. */
    public static void terminate(Process server) {
        server.toHandle().destroy();
    }

    /** Asks a server to stop and waits; ends it by force if that takes longer than 40 s. */
    public static void stop(Process server) {
        terminate(server);
        try {
            if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
