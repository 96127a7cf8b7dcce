package io.reportfiles.dev;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A real PostgreSQL in a child process, on a free port of the loopback address, with an empty database that goes with it.
 * It starts for root, too. Whoever starts it closes it.
 */
public final class LocalPostgres implements AutoCloseable {
    private static final String SUPERUSER = "postgres";

    private final EmbeddedPostgres server;

    private LocalPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts a server with its data below a directory, which need not exist.
     *
     * @throws IOException if it does not start
     */
    public static LocalPostgres start(Path directory) throws IOException {
        return new LocalPostgres(EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(true)
                .start());
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    public String user() {
        return SUPERUSER;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
