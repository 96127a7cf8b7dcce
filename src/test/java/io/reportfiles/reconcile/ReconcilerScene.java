package io.reportfiles.reconcile;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Role;
import io.reportfiles.audit.AuditAction;
import io.reportfiles.config.ReconciliationSettings.UnknownObjects;
import io.reportfiles.config.TestSettings;
import io.reportfiles.crash.Inspection;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.storage.ListedObject;
import io.reportfiles.storage.ListedUpload;
import io.reportfiles.storage.ObjectFacts;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoreRefusedException;
import io.reportfiles.storage.s3.OpenStore;
import io.reportfiles.submission.DirectSubmissions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket and a database of one's own, what fills both, and what compares them; time can be let pass. */
final class ReconcilerScene implements AutoCloseable {

    static final LocalS3.Credentials CREDENTIALS = new LocalS3.Credentials("tester", "not-a-secret");

    private static final Caller ANN = new Caller(
            UUID.fromString("11111111-1111-4111-8111-111111111111"),
            "ann",
            Set.of(Role.ADMINISTRATOR),
            Optional.empty(),
            Optional.empty());
    private static final Clock NOW = Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    private static final Clock LATER = Clock.offset(NOW, Duration.ofHours(1));

    final String bucket = "b" + UUID.randomUUID();
    final S3Client s3;
    private final TestDatabase database;
    private final OpenStore store;
    private final URI direct;

    /**
     * A scene over an S3 server.
     *
     * @param endpoint of it
     */
    ReconcilerScene(TestDatabase database, URI endpoint) throws IOException {
        this.database = database;
        this.direct = endpoint;
        store = open(endpoint, 3);
        store.createBucket();
        s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(CREDENTIALS.accessKey(), CREDENTIALS.secretKey())))
                .build();
        database.execute("insert into organisation (code, name, type, row_version) values ('A', 'A', 'state', 1)");
        database.execute("insert into section (code, title, max_bytes, row_version) values ('S', 'S', 100000000, 1)");
        database.execute("""
                insert into account (id, name, display_name, state, created_at, row_version)
                values ('%s', 'ann', 'Ann', 'ACTIVE', current_timestamp, 1)""".formatted(ANN.accountId()));
    }

    private Map<String, String> settings(URI endpoint, int attempts) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "reportfiles.s3.bucket",
                bucket,
                "reportfiles.s3.path-style",
                "true",
                "reportfiles.s3.endpoint",
                endpoint.toString(),
                "reportfiles.s3.access-key",
                CREDENTIALS.accessKey(),
                "reportfiles.s3.secret-key",
                CREDENTIALS.secretKey(),
                "reportfiles.submission.part-size",
                "5MiB",
                "reportfiles.submission.lease",
                "5m",
                "reportfiles.s3.max-attempts",
                Integer.toString(attempts),
                "reportfiles.reconcile.removal-limit",
                "20",
                "reportfiles.reconcile.safety-age",
                "10m"));
        settings.put("reportfiles.s3.prefix", "files");
        return settings;
    }

    /** The store at another address of the same server. */
    OpenStore open(URI endpoint, int attempts) {
        return new OpenStore(settings(endpoint, attempts));
    }

    /** Submits the way the application does. */
    ReportFileDetails submit(int size) throws IOException {
        return submit(store, database.transactions(), size);
    }

    ReportFileDetails submit(OpenStore through, Transactions transactions, int size) throws IOException {
        return new DirectSubmissions(
                        database.entities(),
                        transactions,
                        through.store(),
                        TestSettings.submissions(settings(direct, 1)),
                        NOW)
                .submit(ANN, "A", "S", new ByteArrayInputStream(new byte[size]));
    }

    /** Compares an hour later, when all leases have run out and nothing is young. */
    DirectReconciler.Result reconcile() {
        return reconciler(LATER).run(false);
    }

    DirectReconciler.Result dryRun() {
        return reconciler(LATER).run(true);
    }

    /** Compares at this moment. */
    DirectReconciler.Result reconcileAtOnce() {
        return reconciler(NOW).run(false);
    }

    /** Compares as the schedule does by default. */
    DirectReconciler.Result reconcileOnSchedule() {
        return reconciler(LATER).run(new Mode(Mode.SCHEDULE, false, UnknownObjects.REPORT));
    }

    /** As {@link #reconcile}, over other transactions. */
    DirectReconciler.Result reconcile(Transactions transactions) {
        return reconciler(LATER, transactions, store.inventory()).run(false);
    }

    /** As {@link #reconcile}, without the permission to look at objects. */
    DirectReconciler.Result reconcileBlindly() {
        return reconciler(LATER, database.transactions(), new Blind(store.inventory()))
                .run(false);
    }

    private record Blind(ObjectInventory real) implements ObjectInventory {

        @Override
        public String bucket() {
            return real.bucket();
        }

        @Override
        public void objects(String prefix, Pages<ListedObject> pages) throws ObjectStoreException {
            real.objects(prefix, pages);
        }

        @Override
        public void keys(String prefix, Pages<String> pages) throws ObjectStoreException {
            real.keys(prefix, pages);
        }

        @Override
        public void uploads(String prefix, Pages<ListedUpload> pages) throws ObjectStoreException {
            real.uploads(prefix, pages);
        }

        @Override
        public ObjectFacts look(ObjectVersion version) throws ObjectStoreException {
            throw new StoreRefusedException("403 Forbidden");
        }

        @Override
        public void remove(ListedObject object) throws ObjectStoreException {
            real.remove(object);
        }

        @Override
        public void abort(ListedUpload upload) throws ObjectStoreException {
            real.abort(upload);
        }
    }

    Reconciliations runs() {
        return reconciler(NOW).runs();
    }

    Reconciliations runs(Transactions transactions) {
        return reconciler(NOW, transactions, store.inventory()).runs();
    }

    Reconciler reconciler() {
        return reconciler(NOW).reconciler();
    }

    /** How many events of a kind the audit has. */
    long audited(AuditAction action) {
        return database.entities()
                .createQuery("select count(e) from AuditEvent e where e.action = :action", Long.class)
                .setParameter("action", action)
                .getSingleResult();
    }

    private DirectReconciler reconciler(Clock clock) {
        return reconciler(clock, database.transactions(), store.inventory());
    }

    private DirectReconciler reconciler(Clock clock, Transactions transactions, ObjectInventory inventory) {
        Map<String, String> settings = settings(direct, 1);
        return new DirectReconciler(
                database.entities(),
                transactions,
                store.store(),
                inventory,
                TestSettings.reconciliation(settings),
                TestSettings.submissions(settings),
                clock);
    }

    Inspection inspect() throws IOException, SQLException {
        return Inspection.of(database, store);
    }

    TestDatabase database() {
        return database;
    }

    @Override
    public void close() {
        s3.close();
        store.close();
        database.close();
    }
}
