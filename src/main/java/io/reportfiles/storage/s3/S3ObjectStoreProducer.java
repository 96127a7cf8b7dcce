package io.reportfiles.storage.s3;

import io.micrometer.core.instrument.MeterRegistry;
import io.reportfiles.config.S3Settings;
import io.reportfiles.config.UploadSettings;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.PartialObjects;
import io.reportfiles.storage.StoreHealth;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Hands out the store, says at start how it is doing, and closes it with the application. */
@ApplicationScoped
class S3ObjectStoreProducer {

    private static final Logger LOG = System.getLogger(S3ObjectStoreProducer.class.getName());

    @Inject
    private S3Settings settings;

    @Inject
    private UploadSettings uploads;

    @Inject
    private MeterRegistry meters;

    @Resource
    private ManagedExecutorService executor;

    private S3ObjectStore store;

    @PostConstruct
    void connect() {
        store = new S3ObjectStore(settings, uploads, executor);
        meters.gauge("reportfiles.upload.buffer.bytes", store, S3ObjectStore::uploadBytesTaken);
        meters.gauge("reportfiles.upload.buffer.budget.bytes", uploads.bufferBudget());
        meters.gauge("reportfiles.upload.parts.active", store, S3ObjectStore::partsUnderWay);
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
    PartialObjects partialObjects() {
        return store.partialObjects();
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
        store.close();
    }
}
