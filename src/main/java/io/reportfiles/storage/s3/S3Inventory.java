package io.reportfiles.storage.s3;

import io.reportfiles.storage.ListedObject;
import io.reportfiles.storage.ListedUpload;
import io.reportfiles.storage.ObjectFacts;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** The lists of one S3 bucket. */
final class S3Inventory implements ObjectInventory {

    private final S3Client client;
    private final S3Objects objects;
    private final String bucket;

    S3Inventory(S3Client client, S3Objects objects, String bucket) {
        this.client = client;
        this.objects = objects;
        this.bucket = bucket;
    }

    @Override
    public String bucket() {
        return bucket;
    }

    @Override
    public void objects(String prefix, Pages<ListedObject> pages) throws ObjectStoreException {
        try {
            versions(prefix, pages);
        } catch (ObjectStoreException failure) {
            if (!(failure.getCause() instanceof SdkException answer)
                    || S3Failures.statusOf(answer) != HttpURLConnection.HTTP_NOT_IMPLEMENTED) {
                throw failure;
            }
            current(prefix, pages);
        }
    }

    private void versions(String prefix, Pages<ListedObject> pages) throws ObjectStoreException {
        Iterator<ListObjectVersionsResponse> responses = start(client.listObjectVersionsPaginator(
                request -> request.bucket(bucket).prefix(prefix)));
        for (Optional<ListObjectVersionsResponse> response = next(responses);
                response.isPresent();
                response = next(responses)) {
            List<ListedObject> page = new ArrayList<>();
            response.get()
                    .versions()
                    .forEach(version -> page.add(new ListedObject(
                            version.key(),
                            Optional.ofNullable(version.versionId()),
                            false,
                            withoutQuotes(version.eTag()),
                            Optional.ofNullable(version.size()).orElse(0L),
                            orNever(version.lastModified()))));
            response.get()
                    .deleteMarkers()
                    .forEach(mark -> page.add(new ListedObject(
                            mark.key(),
                            Optional.ofNullable(mark.versionId()),
                            true,
                            "",
                            0,
                            orNever(mark.lastModified()))));
            pages.take(page);
        }
    }

    /** For a store that can't list versions. */
    private void current(String prefix, Pages<ListedObject> pages) throws ObjectStoreException {
        Iterator<ListObjectsV2Response> responses = start(
                client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)));
        for (Optional<ListObjectsV2Response> response = next(responses);
                response.isPresent();
                response = next(responses)) {
            pages.take(response.get().contents().stream()
                    .map(object -> new ListedObject(
                            object.key(),
                            Optional.empty(),
                            false,
                            withoutQuotes(object.eTag()),
                            Optional.ofNullable(object.size()).orElse(0L),
                            orNever(object.lastModified())))
                    .toList());
        }
    }

    @Override
    public void keys(String prefix, Pages<String> pages) throws ObjectStoreException {
        objects(
                prefix,
                page -> pages.take(page.stream()
                        .filter(object -> !object.deletion())
                        .map(ListedObject::key)
                        .toList()));
    }

    @Override
    public void uploads(String prefix, Pages<ListedUpload> pages) throws ObjectStoreException {
        Iterator<ListMultipartUploadsResponse> responses = start(client.listMultipartUploadsPaginator(
                request -> request.bucket(bucket).prefix(prefix)));
        for (Optional<ListMultipartUploadsResponse> response = next(responses);
                response.isPresent();
                response = next(responses)) {
            pages.take(response.get().uploads().stream()
                    .map(upload -> new ListedUpload(upload.key(), upload.uploadId(), orNever(upload.initiated())))
                    .toList());
        }
    }

    @Override
    public ObjectFacts look(ObjectVersion version) throws ObjectStoreException {
        try {
            HeadObjectResponse head = client.headObject(request -> request.bucket(version.bucket())
                    .key(version.key().value())
                    .versionId(version.versionId().orElse(null))
                    .checksumMode(ChecksumMode.ENABLED)
                    .overrideConfiguration(S3Requests.promptly()));
            return new ObjectFacts(
                    Optional.ofNullable(head.contentLength()).orElse(-1L),
                    withoutQuotes(head.eTag()),
                    // that of several parts is a checksum of checksums, and ends in their number
                    Optional.ofNullable(head.checksumCRC32C()).filter(crc -> !crc.contains("-")));
        } catch (SdkException failure) {
            throw S3Failures.of("Looking at " + version.key(), failure);
        }
    }

    @Override
    public void remove(ListedObject object) throws ObjectStoreException {
        objects.delete(bucket, new ObjectKey(object.key()), object.versionId());
    }

    @Override
    public void abort(ListedUpload upload) throws ObjectStoreException {
        objects.abortMultipart(new ObjectKey(upload.key()), upload.id());
    }

    private static <T> Iterator<T> start(SdkIterable<T> responses) {
        return responses.iterator();
    }

    private static <T> Optional<T> next(Iterator<T> responses) throws ObjectStoreException {
        try {
            return responses.hasNext() ? Optional.of(responses.next()) : Optional.empty();
        } catch (SdkException failure) {
            throw S3Failures.of("Listing the bucket", failure);
        }
    }

    private static String withoutQuotes(String eTag) {
        return Optional.ofNullable(eTag).orElse("").replaceAll("^\"|\"$", "");
    }

    /** Whose age nobody knows is never old enough to be removed. */
    private static Instant orNever(Instant time) {
        return time == null ? Instant.MAX : time;
    }
}
