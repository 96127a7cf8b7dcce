package io.reportfiles.download;

import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ContentSource;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;

/**
 * A report file's bytes in the store.
 *
 * @param store which has them
 * @param file where they are there
 */
public record StoredContent(ObjectStore store, StoredFile file) implements ContentSource {

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public String crc32c() {
        return file.crc32c();
    }

    @Override
    public ObjectContent open(ByteRange part) throws ObjectStoreException {
        return file.open(store, part);
    }

    @Override
    public String toString() {
        return file.object().key().toString();
    }
}
