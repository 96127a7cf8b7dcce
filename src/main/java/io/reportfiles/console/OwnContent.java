package io.reportfiles.console;

import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectContent;
import java.io.ByteArrayInputStream;

/** Some bytes of the application's own copy, for a reader whose first ones came from the bucket. */
final class OwnContent extends ObjectContent {

    private final ByteArrayInputStream bytes;

    OwnContent(byte[] bytes, ByteRange part) {
        this.bytes = new ByteArrayInputStream(bytes, (int) part.offset(), (int) part.length());
    }

    @Override
    public int read() {
        return bytes.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        return bytes.read(buffer, offset, length);
    }

    @Override
    public void close() {
        // nothing is held
    }
}
