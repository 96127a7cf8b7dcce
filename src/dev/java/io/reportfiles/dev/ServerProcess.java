package io.reportfiles.dev;

import java.util.concurrent.TimeUnit;

/** How servers that were started as processes are ended. */
public final class ServerProcess {

    private static final int STOP_SECONDS = 20;

    private ServerProcess() {}

    /** Asks a server to stop and waits; ends it by force if that takes longer than 20 s. */
    public static void stop(Process server) {
        server.destroy();
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
