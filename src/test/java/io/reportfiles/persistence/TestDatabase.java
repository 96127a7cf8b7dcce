package io.reportfiles.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A migrated database of its own with the persistence unit over it, without a server: entity managers and transactions
 * behave like the container's.
 */
public final class TestDatabase implements AutoCloseable {

    private final DataSource dataSource;
    private final Runnable drop;
    private final EntityManagerFactory factory;

    @SuppressWarnings("ThreadLocalUsage") // each database has its own
    private final ThreadLocal<EntityManager> inTransaction = new ThreadLocal<>();

    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<EntityManager> outside;

    private TestDatabase(DataSource dataSource, Runnable drop) {
        this.dataSource = dataSource;
        this.drop = drop;
        factory = Persistence.createEntityManagerFactory(
                "reportfiles",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", "",
                        "jakarta.persistence.nonJtaDataSource", dataSource,
                        "eclipselink.logging.level", "OFF")); // tests fail statements on purpose
        outside = ThreadLocal.withInitial(factory::createEntityManager);
    }

    /** A new database in memory. */
    public static TestDatabase h2() {
        JdbcConnectionPool pool = h2Pool();
        execute(pool, MigratedH2.SCRIPT);
        return new TestDatabase(pool, pool::dispose);
    }

    private static JdbcConnectionPool h2Pool() {
        JdbcConnectionPool pool = JdbcConnectionPool.create(
                "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000".formatted(UUID.randomUUID()), "sa", "");
        pool.setMaxConnections(40);
        return pool;
    }

    /** A new database in the PostgreSQL server that the tests of this JVM share. */
    public static TestDatabase postgres() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        EmbeddedPostgres server = SharedPostgres.SERVER;
        execute(server.getPostgresDatabase(), "create database %s template %s".formatted(name, MigratedPostgres.NAME));
        PGSimpleDataSource dataSource = (PGSimpleDataSource) server.getDatabase("postgres", name);
        return new TestDatabase(dataSource, () -> {});
    }

    /** The database of a PostgreSQL server that runs already, as it is. */
    public static TestDatabase at(String jdbcUrl, String user) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        dataSource.setUser(user);
        return new TestDatabase(dataSource, () -> {});
    }

    /** The same database, by connections that {@code observed} has something to do with. */
    public TestDatabase through(DataSource observed) {
        return new TestDatabase(observed, () -> {});
    }

    /** Makes its schema, if that is not there. */
    public void migrate() {
        SchemaMigration.run(dataSource);
    }

    /** Connections to it. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Joins the transaction of the calling thread, or has an empty persistence context for each call outside one. */
    public EntityManager entities() {
        return (EntityManager) Proxy.newProxyInstance(
                EntityManager.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> {
                    EntityManager target = inTransaction.get();
                    if (target == null) {
                        target = outside.get();
                        target.clear();
                    }
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Transactions of this database. */
    public Transactions transactions() {
        return new Transactions() {
            @Override
            public <T> T call(Supplier<T> work) {
                return inTransaction.get() == null ? inNew(work) : work.get();
            }

            @Override
            public void run(Runnable work) {
                call(() -> {
                    work.run();
                    return true;
                });
            }
        };
    }

    /** Executes SQL as an operator would. */
    public void execute(String sql) {
        execute(dataSource, sql);
    }

    @Override
    public void close() {
        factory.close();
        drop.run();
    }

    private <T> T inNew(Supplier<T> work) {
        try (EntityManager entities = factory.createEntityManager()) {
            inTransaction.set(entities);
            entities.getTransaction().begin();
            try {
                T result = work.get();
                entities.getTransaction().commit();
                return result;
            } finally {
                if (entities.getTransaction().isActive()) { // closing alone would keep its locks
                    entities.getTransaction().rollback();
                }
            }
        } finally {
            inTransaction.remove();
        }
    }

    private static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Migrated once: each test that begins with a new database would pay for it. */
    private static final class MigratedH2 {

        static final String SCRIPT = script();

        private static String script() {
            JdbcConnectionPool pool = h2Pool();
            SchemaMigration.run(pool);
            StringBuilder script = new StringBuilder();
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet lines = statement.executeQuery("script nopasswords")) {
                while (lines.next()) {
                    String line = lines.getString(1);
                    if (!line.startsWith("CREATE USER")) { // is there already
                        script.append(line).append('\n');
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            pool.dispose();
            return script.toString();
        }
    }

    private static final class MigratedPostgres {

        static final String NAME = create();

        private static String create() {
            String name = "migrated";
            execute(SharedPostgres.SERVER.getPostgresDatabase(), "create database " + name);
            SchemaMigration.run(SharedPostgres.SERVER.getDatabase("postgres", name));
            return name;
        }
    }

    private static final class SharedPostgres {

        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "100")
                        .start(); // stopped by its own shutdown hook
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
