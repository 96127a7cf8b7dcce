package io.reportfiles.dev;

import java.nio.file.Path;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;

/**
 * Buckets in a directory, each with versioning on from its creation.
 *
 * <p>s3proxy 4.1 implements versions for files as it does for memory, but leaves them off for files, since it does not want
 * to promise the layout on disk (gaul/s3proxy#1138). Data of development and tests needs no such promise.
 */
final class VersionedDirectory extends ForwardingBlobStore {
    VersionedDirectory(Path directory) {
        super(new Files(directory));
    }

    @Override
    public CreateBucketResponse createContainer(CreateBucketRequest request) {
        CreateBucketResponse created = super.createContainer(request);
        BlobStore store = delegate();
        if (store.getBucketVersioning(request.bucket()) != BucketVersioningStatus.ENABLED) {
            store.putBucketVersioning(request.bucket(), BucketVersioningStatus.ENABLED);
        }
        return created;
    }

    private static final class Files extends AbstractNio2BlobStore {
        Files(Path directory) {
            super(directory);
        }

        @Override
        public boolean supportsVersioning() {
            return true;
        }
    }
}
