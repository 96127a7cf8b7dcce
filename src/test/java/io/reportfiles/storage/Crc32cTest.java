package io.reportfiles.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Crc32cTest {

    @Property(tries = 200)
    void joinedIsThatOfTheWhole(@ForAll byte[] first, @ForAll byte[] second) {
        CRC32C whole = new CRC32C();
        whole.update(first);
        whole.update(second);
        assertThat(Crc32c.join(of(first), of(second), second.length)).isEqualTo((int) whole.getValue());
    }

    @Test
    void lengthBeyondAnArrayCounts() {
        byte[] zeros = new byte[1 << 20];
        CRC32C whole = new CRC32C();
        whole.update(1);
        CRC32C part = new CRC32C();
        for (int i = 0; i < 3 << 10; i++) {
            whole.update(zeros);
            part.update(zeros);
        }
        assertThat(Crc32c.join(of(new byte[] {1}), (int) part.getValue(), 3L << 30))
                .isEqualTo((int) whole.getValue());
    }

    private static int of(byte[] octets) {
        CRC32C crc = new CRC32C();
        crc.update(octets);
        return (int) crc.getValue();
    }
}
