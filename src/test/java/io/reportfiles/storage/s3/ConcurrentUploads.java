package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several uploads at the same time, with a look at the store whenever one of them reads its source. */
final class ConcurrentUploads {

    private final int count;
    private final int size;

    ConcurrentUploads(int count, int size) {
        this.count = count;
        this.size = size;
    }

    List<StoredObject> run(ObjectStore store, Runnable look) throws Exception {
        Callable<StoredObject> upload = () -> {
            InputStream source = new FilterInputStream(new ByteArrayInputStream(new byte[size])) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    look.run();
                    return super.read(buffer, offset, length);
                }
            };
            return store.store(new ObjectKey("concurrent/" + UUID.randomUUID()), source, size);
        };
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<StoredObject> stored = new ArrayList<>();
            for (Future<StoredObject> done : threads.invokeAll(Collections.nCopies(count, upload))) {
                stored.add(done.get());
            }
            return stored;
        } finally {
            threads.shutdownNow();
        }
    }
}
