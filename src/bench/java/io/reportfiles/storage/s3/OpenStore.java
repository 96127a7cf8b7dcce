package io.reportfiles.storage.s3;

import io.reportfiles.config.TestSettings;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The application's own object store without an application server around it. Whoever opens it closes it. */
public final class OpenStore implements AutoCloseable {

    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "parts");
        thread.setDaemon(true);
        return thread;
    });
    private final S3ObjectStore store;

    /** As configured, by property names as an operator writes them. */
    public OpenStore(Map<String, String> settings) {
        store = new S3ObjectStore(TestSettings.s3(settings), TestSettings.uploads(settings), executor);
    }

    /** The store. */
    public ObjectStore store() {
        return store;
    }

    /** What its bucket has. */
    public ObjectInventory inventory() {
        return store.inventory();
    }

    /** Creates the bucket if it does not exist. */
    public void createBucket() throws ObjectStoreException {
        store.createBucketIfMissing();
    }

    @Override
    public void close() {
        store.close();
        executor.shutdownNow();
    }
}
