package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.config.TestSettings;
import io.reportfiles.storage.BulkInputStream;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.StoredObject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Uploads of more parts than stay small, in pages where the application has mebibytes, to an S3 that only counts. */
class UploadTest {

    private static final int PAGE = PartBuffers.PAGE;
    private static final PartSizes SIZES = new PartSizes(PAGE, 4L * PAGE);

    private final PartBuffers buffers = new PartBuffers(16L * PAGE, Duration.ofMillis(20));
    private final List<Long> sent = Collections.synchronizedList(new ArrayList<>());

    @Test
    void uploadGoesOnInPartsOfTheSizeThereIsWhileOthersHoldTheMemory() throws IOException {
        Deque<byte[]> ofOthers = buffers.acquire(13L * PAGE);
        StoredObject stored = upload(1200L * PAGE, 2000L * PAGE);
        assertThat(stored.size()).isEqualTo(1200L * PAGE);
        assertThat(sent).hasSize(1200).containsOnly((long) PAGE);
        buffers.release(ofOthers, PartBuffer.Origin.SHARED);
        assertThat(buffers.bytesTaken()).isZero();
    }

    @Test
    void partsGrowWhileThereIsMemory() throws IOException {
        assertThat(upload(1200L * PAGE, 2000L * PAGE).size()).isEqualTo(1200L * PAGE);
        assertThat(sent).hasSizeLessThan(1150);
        assertThat(sent.stream().mapToLong(Long::longValue).sum()).isEqualTo(1200L * PAGE);
        assertThat(buffers.bytesTaken()).isZero();
    }

    private StoredObject upload(long size, long maxBytes) throws IOException {
        S3Requests requests = new S3Requests(
                "reports",
                TestSettings.s3(Map.of("reportfiles.s3.bucket", "reports")).objects());
        LimitedSource source = new LimitedSource(zeros(size), maxBytes);
        return new Upload(
                        new S3Objects(counting(), requests, new VersionPins(counting(), "reports")),
                        new ObjectKey("large"),
                        source,
                        buffers,
                        SIZES,
                        2,
                        Runnable::run)
                .run();
    }

    private S3Client counting() {
        return (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    if (arguments[0] instanceof UploadPartRequest part) {
                        sent.add(part.contentLength());
                        return UploadPartResponse.builder()
                                .eTag("part-" + part.partNumber())
                                .build();
                    }
                    return arguments[0] instanceof CompleteMultipartUploadRequest
                            ? CompleteMultipartUploadResponse.builder()
                                    .eTag("whole")
                                    .build()
                            : CreateMultipartUploadResponse.builder()
                                    .uploadId("upload")
                                    .build();
                });
    }

    private static BulkInputStream zeros(long size) {
        return new BulkInputStream() {
            private long left = size;

            @Override
            public int read(byte[] buffer, int offset, int length) {
                int count = (int) Math.min(left, length);
                left -= count;
                return count == 0 && length > 0 ? -1 : count;
            }
        };
    }
}
