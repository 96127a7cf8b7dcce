package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.storage.ByteRange;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContentSpanTest {

    private static ContentSpan of(String contentRange, String contentLength) {
        return ContentSpan.of(Optional.of(contentRange), Optional.of(contentLength));
    }

    @Test
    void partSaysWhereItLies() {
        assertThat(of("bytes 3-6/10", "4")).isEqualTo(new ContentSpan(3, 4));
        assertThat(of("bytes 3-6/*", "4")).isEqualTo(new ContentSpan(3, 4));
    }

    @Test
    void wholeObjectBeginsAtTheBeginning() {
        assertThat(ContentSpan.of(Optional.empty(), Optional.of("10"))).isEqualTo(new ContentSpan(0, 10));
    }

    @Test
    void chunksNeedNoLength() {
        assertThat(ContentSpan.of(Optional.of("bytes 3-6/10"), Optional.empty()))
                .isEqualTo(new ContentSpan(3, 4));
    }

    @Test
    void objectThatEndsTooEarlyIsKnownByItsSize() {
        assertThat(ContentSpan.endsBefore(Optional.of("bytes 3-6/7"), new ByteRange(3, 5)))
                .isTrue();
        assertThat(ContentSpan.endsBefore(Optional.of("bytes 3-6/8"), new ByteRange(3, 5)))
                .isFalse();
        assertThat(ContentSpan.endsBefore(Optional.of("bytes 3-6/*"), new ByteRange(3, 5)))
                .isFalse();
        assertThat(ContentSpan.endsBefore(Optional.empty(), new ByteRange(3, 5)))
                .isFalse();
    }

    @Test
    void answerThatDoesNotSayOrContradictsItselfFitsNothing() {
        assertThat(ContentSpan.of(Optional.empty(), Optional.empty()).length()).isEqualTo(-1);
        assertThat(of("bytes 3-6/10", "5").length()).isEqualTo(-1);
        assertThat(of("lines 3-6/10", "4").offset()).isEqualTo(-1);
        assertThat(of("bytes 3-6/10", "four").length()).isEqualTo(-1);
    }
}
