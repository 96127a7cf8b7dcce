package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.reportfile.TextEncoding;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DigestingInputStreamTest {

    @Test
    void knowsWhatPassed() throws IOException {
        DigestingInputStream digesting =
                new DigestingInputStream(new IncomingFile(bytes("123456789"), Optional.empty()));
        assertThat(digesting.read()).isEqualTo('1');
        assertThat(digesting.readAllBytes()).asString(US_ASCII).isEqualTo("23456789");
        assertThat(digesting.size()).isEqualTo(9);
        assertThat(digesting.sha256()).isEqualTo("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
        assertThat(digesting.crc32c()).isEqualTo("4waSgw=="); // e3069283, the check value of CRC-32C
        assertThat(digesting.crc32()).isEqualTo("cbf43926"); // the check value of CRC-32
    }

    @Test
    void nothingHasDigestsToo() throws IOException {
        DigestingInputStream digesting = new DigestingInputStream(new IncomingFile(bytes(""), Optional.empty()));
        assertThat(digesting.read()).isEqualTo(-1);
        assertThat(digesting.size()).isZero();
        assertThat(digesting.sha256()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(digesting.crc32c()).isEqualTo("AAAAAA==");
        assertThat(digesting.crc32()).isEqualTo("00000000");
    }

    @Test
    void describesWhatTheStoreHas() throws IOException {
        DigestingInputStream digesting = new DigestingInputStream(new ByteArrayInputStream("Größe\n".getBytes(UTF_8)));
        digesting.readAllBytes();
        ObjectVersion object = new ObjectVersion("bucket", new ObjectKey("key"), Optional.empty(), "etag");
        assertThat(digesting.storedAs(object))
                .isEqualTo(new StoredFile(
                        object,
                        8,
                        digesting.sha256(),
                        digesting.crc32c(),
                        digesting.crc32(),
                        Optional.of(TextEncoding.UTF_8)));
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(US_ASCII));
    }
}
