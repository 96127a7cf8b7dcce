package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.storage.StoreBusyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class PartBuffersTest {

    private static final int PAGE = PartBuffers.PAGE;

    @Test
    void noMorePagesExistThanTheBudgetAllowsWhoeverWantsThem() throws Exception {
        PartBuffers buffers = new PartBuffers(8L * PAGE, Duration.ofMinutes(1));
        Set<byte[]> seen = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        Callable<Void> user = () -> {
            Random random = new Random();
            for (int round = 0; round < 300; round++) {
                Deque<byte[]> pages = buffers.acquire(1L + random.nextInt(4 * PAGE));
                seen.addAll(pages);
                assertThat(buffers.bytesTaken()).isBetween((long) pages.size() * PAGE, 8L * PAGE);
                buffers.release(pages);
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(6, user))) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(seen).hasSizeLessThanOrEqualTo(8);
        assertThat(buffers.bytesTaken()).isZero();
    }

    @Test
    void whoFindsNothingFreeInTimeIsTurnedAway() throws IOException {
        PartBuffers buffers = new PartBuffers(2L * PAGE, Duration.ofMillis(20));
        Deque<byte[]> all = buffers.acquire(2L * PAGE);

        assertThatThrownBy(() -> buffers.acquire(1)).isInstanceOf(StoreBusyException.class);
        assertThat(buffers.tryAcquire(1)).isEmpty();

        buffers.release(all);
        assertThat(buffers.tryAcquire(1)).isPresent();
    }

    @Test
    void optionalMemoryIsNotTakenBeforeSomebodyWhoWaits() throws Exception {
        PartBuffers buffers = new PartBuffers(3L * PAGE, Duration.ofMinutes(1));
        Deque<byte[]> most = buffers.acquire(2L * PAGE);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Deque<byte[]>> waiting = thread.submit(() -> buffers.acquire(3L * PAGE));
            while (!buffers.areWanted()) {
                Thread.onSpinWait();
            }
            assertThat(buffers.tryAcquire(PAGE)).isEmpty();

            buffers.release(most);
            assertThat(waiting.get()).hasSize(3);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void bufferGivesBackWhatItWasFilledWithAsOftenAsAsked() throws IOException {
        PartBuffers buffers = new PartBuffers(16L * PAGE, Duration.ZERO);
        Random random = new Random(3);
        PartBuffer buffer = new PartBuffer(buffers, buffers.acquire(PAGE));
        for (int round = 0; round < 20; round++) {
            byte[] content = new byte[random.nextInt(3 * PAGE)];
            random.nextBytes(content);
            buffer.clear();
            buffer.grow(content.length);
            InputStream source = new ByteArrayInputStream(content);
            buffer.fill(source, content.length / 2);
            buffer.fill(source, content.length);

            CRC32C crc = new CRC32C();
            crc.update(content);
            assertThat(buffer.length()).isEqualTo(content.length);
            assertThat(buffer.crc32c()).isEqualTo(bigEndian((int) crc.getValue()));
            for (int time = 0; time < 2; time++) {
                try (InputStream body = buffer.asBody().contentStreamProvider().newStream()) {
                    assertThat(body.readAllBytes()).isEqualTo(content);
                }
            }
        }
        buffer.release();
        assertThat(buffers.bytesTaken()).isZero();
    }

    @Test
    void buffersThatAreJoinedGiveAllTheirMemoryBack() throws IOException {
        PartBuffers buffers = new PartBuffers(4L * PAGE, Duration.ZERO);
        List<PartBuffer> two = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            two.add(new PartBuffer(buffers, buffers.acquire(2L * PAGE)));
        }
        assertThat(two.get(0).tryGrow(3L * PAGE)).isFalse();
        two.get(0).takeOver(two.get(1));
        assertThat(two.get(0).tryGrow(3L * PAGE)).isTrue();

        two.get(0).release();
        assertThat(buffers.bytesTaken()).isZero();
    }

    private static byte[] bigEndian(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }
}
