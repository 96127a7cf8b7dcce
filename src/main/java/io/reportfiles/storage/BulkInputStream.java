package io.reportfiles.storage;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is made to be read in bulk: whoever asks it for one byte reads an array of one. */
public abstract class BulkInputStream extends InputStream {

    /** For streams of any kind. */
    protected BulkInputStream() {}

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Reads what is there, as any stream does; {@link #read()} relies on it. */
    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;
}
