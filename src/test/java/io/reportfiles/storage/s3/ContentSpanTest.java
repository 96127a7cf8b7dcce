package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

class ContentSpanTest {

    private static ContentSpan of(String contentRange, Long contentLength) {
        return ContentSpan.of(GetObjectResponse.builder()
                .contentRange(contentRange)
                .contentLength(contentLength)
                .build());
    }

    @Test
    void partSaysWhereItLies() {
        assertThat(of("bytes 3-6/10", 4L)).isEqualTo(new ContentSpan(3, 4));
        assertThat(of("bytes 3-6/*", 4L)).isEqualTo(new ContentSpan(3, 4));
    }

    @Test
    void wholeObjectBeginsAtTheBeginning() {
        assertThat(of(null, 10L)).isEqualTo(new ContentSpan(0, 10));
    }

    @Test
    void answerThatDoesNotSayOrContradictsItselfFitsNothing() {
        assertThat(of(null, null).length()).isEqualTo(-1);
        assertThat(of("bytes 3-6/10", 5L).length()).isEqualTo(-1);
        assertThat(of("lines 3-6/10", 4L).offset()).isEqualTo(-1);
    }
}
