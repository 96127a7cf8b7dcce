package io.reportfiles.storage.s3;

import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.PublishedObjects;
import io.reportfiles.storage.StoreRefusedException;
import io.reportfiles.storage.StoreUnavailableException;
import io.reportfiles.storage.StoredObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Arrays;

/**
 * Published objects in S3. Looked for before they are stored, since not every store knows {@code If-None-Match}; what is
 * there is read once, for whoever may write to the bucket could have put it there.
 */
final class S3PublishedObjects implements PublishedObjects {

    private static final Logger LOG = System.getLogger(S3PublishedObjects.class.getName());

    private final S3Objects objects;
    private final ObjectStore store;

    S3PublishedObjects(S3Objects objects, ObjectStore store) {
        this.objects = objects;
        this.store = store;
    }

    @Override
    public StoredObject publish(ObjectKey key, byte[] content, String contentType) throws ObjectStoreException {
        ObjectVersion version;
        try {
            version = objects.lookup().current(key, content.length);
            requireSame(version, content);
        } catch (ObjectMissingException notYet) {
            version = objects.put(key, content, contentType);
        }
        return new StoredObject(version, content.length);
    }

    @Override
    public boolean keep(ObjectVersion version, Instant until) throws ObjectStoreException {
        if (version.versionId().isEmpty()) {
            return false; // a bucket with Object Lock has versions
        }
        try {
            objects.retain(version, until);
            return true;
        } catch (StoreRefusedException | ObjectMissingException refused) {
            LOG.log(Level.DEBUG, "{0} is not kept by the store: {1}", version.key(), refused.getMessage());
            return false;
        }
    }

    private void requireSame(ObjectVersion version, byte[] content) throws ObjectStoreException {
        byte[] found;
        try (ObjectContent in = store.open(version, ByteRange.whole(content.length))) {
            found = in.readAllBytes();
        } catch (ObjectStoreException failure) {
            throw failure;
        } catch (IOException e) {
            throw new StoreUnavailableException("Reading " + version.key(), "", e);
        }
        if (!Arrays.equals(found, content)) {
            throw new ObjectChangedException("%s: something else is there".formatted(version.key()));
        }
    }
}
