package io.reportfiles.storage.s3;

import io.micrometer.core.instrument.MeterRegistry;
import io.reportfiles.config.S3Settings;
import io.reportfiles.config.UploadSettings;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.PartialObjects;
import io.reportfiles.storage.PublishedObjects;
import io.reportfiles.storage.StoreDoctor;
import io.reportfiles.storage.StoreHealth;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Hands out the store, says at start how it is doing, and closes it with the application. */
@ApplicationScoped
class S3ObjectStoreProducer {

    private static final Logger LOG = System.getLogger(S3ObjectStoreProducer.class.getName());
    private static final long MOST_SENDERS = 128;

    @Inject
    private S3Settings settings;

    @Inject
    private UploadSettings uploads;

    @Inject
    private MeterRegistry meters;

    /**
     * Unlike those of an executor its threads take over nothing of the request that a part comes with, whose EntityManager
     * Payara would close behind it.
     */
    @Resource
    private ManagedThreadFactory threadFactory;

    private ThreadPoolExecutor senders;
    private S3ObjectStore store;

    @PostConstruct
    void connect() {
        int most = (int) Math.min(MOST_SENDERS, uploads.bufferBudget() / uploads.partSize());
        senders = new ThreadPoolExecutor(0, most, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), threadFactory);
        store = new S3ObjectStore(settings, uploads, senders);
        meters.gauge("reportfiles.submission.buffer.bytes", store, S3ObjectStore::uploadBytesTaken);
        meters.gauge("reportfiles.submission.buffer.budget.bytes", uploads.bufferBudget());
        meters.gauge("reportfiles.submission.parts.active", store, S3ObjectStore::partsUnderWay);
    }

    @Produces
    @ApplicationScoped
    ObjectStore store() {
        return store;
    }

    @Produces
    @ApplicationScoped
    ObjectInventory inventory() {
        return store.inventory();
    }

    @Produces
    @ApplicationScoped
    StoreDoctor doctor() {
        return store.doctor();
    }

    @Produces
    @ApplicationScoped
    PartialObjects partialObjects() {
        return store.partialObjects();
    }

    @Produces
    @ApplicationScoped
    PublishedObjects publishedObjects() {
        return store.publishedObjects();
    }

    @Produces
    @Singleton
    ObjectKeys keys() {
        return new ObjectKeys(settings.prefix());
    }

    /** A store that is away at start keeps nobody from starting: it may come back, and lists work without it. */
    void prepare(@Observes @Initialized(ApplicationScoped.class) Object start) {
        if (settings.createBucket()) {
            try {
                if (store.createBucketIfMissing()) {
                    LOG.log(Level.INFO, "Bucket {0} was created", settings.bucket());
                }
            } catch (ObjectStoreException failure) {
                LOG.log(Level.WARNING, "Bucket {0} could not be created: {1}", settings.bucket(), failure.getMessage());
            }
        }
        StoreHealth health = store.check();
        LOG.log(health.state() == StoreHealth.State.READY ? Level.INFO : Level.WARNING, health.summary());
    }

    @PreDestroy
    void disconnect() {
        senders.shutdown();
        store.close();
    }
}
