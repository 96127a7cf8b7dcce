package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.storage.StoreBusyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
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
        PartBuffers buffers = new PartBuffers(16L * PAGE, Duration.ofMinutes(1));
        Callable<Void> user = () -> {
            Random random = new Random();
            for (int round = 0; round < 300; round++) {
                PartBuffer buffer = buffers.first();
                if (random.nextBoolean()) {
                    buffer.grow(1L + random.nextInt(4 * PAGE));
                }
                Optional<PartBuffer> further = buffers.tryBuffer(PAGE);
                assertThat(buffers.bytesTaken()).isBetween((long) PAGE, 16L * PAGE);
                further.ifPresent(PartBuffer::release);
                buffer.release();
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
        assertThat(buffers.bytesTaken()).isZero();
        Set<byte[]> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.addAll(buffers.acquire(14L * PAGE));
        assertThat(all).as("no page twice").hasSize(14);
    }

    @Test
    void whoFindsNothingFreeInTimeIsTurnedAway() throws IOException {
        PartBuffers buffers = new PartBuffers(16L * PAGE, Duration.ofMillis(20));
        Deque<byte[]> all = buffers.acquire(14L * PAGE);

        assertThatThrownBy(() -> buffers.acquire(1)).isInstanceOf(StoreBusyException.class);
        assertThat(buffers.tryBuffer(1)).isEmpty();

        buffers.release(all, PartBuffer.Origin.SHARED);
        assertThat(buffers.tryBuffer(1)).isPresent();
    }

    @Test
    void firstPagesAreKeptForFirstPages() throws IOException {
        PartBuffers buffers = new PartBuffers(16L * PAGE, Duration.ofMillis(20));
        PartBuffer small = buffers.first();
        PartBuffer growing = buffers.first();
        growing.grow(14L * PAGE);

        PartBuffer third = buffers.first(); // in place of the one that grew
        assertThatThrownBy(buffers::first).isInstanceOf(StoreBusyException.class);
        assertThatThrownBy(() -> small.grow(PAGE + 1L)).isInstanceOf(StoreBusyException.class);

        growing.release();
        small.grow(PAGE + 1L);
        small.release();
        third.release();
        assertThat(buffers.bytesTaken()).isZero();
    }

    @Test
    void optionalMemoryIsNotTakenBeforeSomebodyWhoWaits() throws Exception {
        PartBuffers buffers = new PartBuffers(16L * PAGE, Duration.ofMinutes(1));
        Deque<byte[]> most = buffers.acquire(13L * PAGE);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Deque<byte[]>> waiting = thread.submit(() -> buffers.acquire(14L * PAGE));
            while (!buffers.areWanted()) {
                Thread.onSpinWait();
            }
            assertThat(buffers.tryBuffer(PAGE)).isEmpty();

            buffers.release(most, PartBuffer.Origin.SHARED);
            assertThat(waiting.get()).hasSize(14);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void bufferGivesBackWhatItWasFilledWithAsOftenAsAsked() throws IOException {
        PartBuffers buffers = new PartBuffers(16L * PAGE, Duration.ZERO);
        Random random = new Random(3);
        PartBuffer buffer = buffers.first();
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
        PartBuffers buffers = new PartBuffers(8L * PAGE, Duration.ZERO);
        PartBuffer one = buffers.tryBuffer(4L * PAGE).orElseThrow();
        PartBuffer other = buffers.tryBuffer(2L * PAGE).orElseThrow();
        assertThat(one.tryGrow(6L * PAGE)).isFalse();
        one.takeOver(other);
        assertThat(one.tryGrow(6L * PAGE)).isTrue();

        one.release();
        assertThat(buffers.bytesTaken()).isZero();
    }

    private static byte[] bigEndian(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }
}
