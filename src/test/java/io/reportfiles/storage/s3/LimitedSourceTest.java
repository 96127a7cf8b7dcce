package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.storage.ObjectTooLargeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LimitedSourceTest {

    @Test
    void anyMixOfReadsAndLooksYieldsTheSource() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            byte[] content = new byte[random.nextInt(40)];
            random.nextBytes(content);
            LimitedSource source =
                    new LimitedSource(new ByteArrayInputStream(content), content.length + random.nextInt(2));

            assertThat(readInAnyWay(source, random)).isEqualTo(content);
            assertThat(source.hasEnded()).isTrue();
        }
    }

    private static byte[] readInAnyWay(LimitedSource source, Random random) throws IOException {
        var read = new ByteArrayOutputStream();
        byte[] buffer = new byte[9];
        while (true) {
            if (random.nextBoolean() && source.hasEnded()) {
                return read.toByteArray();
            }
            int count = source.read(buffer, 1, 1 + random.nextInt(8));
            if (count < 0) {
                return read.toByteArray();
            }
            read.write(buffer, 1, count);
        }
    }

    @Test
    void oneByteTooManyIsRefusedAndNoMoreIsTaken() throws IOException {
        var bytes = new ByteArrayInputStream(new byte[100]);
        LimitedSource source = new LimitedSource(bytes, 10);

        assertThat(source.readNBytes(10)).hasSize(10);
        assertThatThrownBy(source::hasEnded)
                .isInstanceOfSatisfying(
                        ObjectTooLargeException.class,
                        refused -> assertThat(refused.maxBytes()).isEqualTo(10));
        assertThat(bytes.available()).isEqualTo(89);
    }
}
