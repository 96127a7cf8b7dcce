package io.reportfiles.download.engine;

import io.reportfiles.download.http.Body;
import io.reportfiles.download.http.Body.Content;
import io.reportfiles.download.http.Body.Framing;
import io.reportfiles.download.http.Body.Segment;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ContentSource;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * Reads a body from its first byte to its last, and can let go of the store anywhere in between: whatever closed the
 * stream, a failure or {@link #release}, reading goes on at the next byte of the same object version. The checksum of a
 * file that is read as a whole is compared before its last bytes are handed out.
 *
 * <p>Bytes that were read ahead are handed out from there; what a chunk of them lacks is read here, as if it had never
 * been begun.
 *
 * <p>Not thread-safe but for {@link #readsAhead} and {@link #handedOut}. Holds at most one connection to the store by
 * itself; the owner calls {@link #release} when done.
 */
public final class BodyReader {

    private final Body body;
    private final List<ContentSource> files;
    private final Function<ContentSource, ReadAhead> readAheads;

    private volatile ReadAhead ahead = ReadAhead.off();
    private int file = -1; // which one that is for
    private Optional<CRC32C> checksum = Optional.empty(); // of the segment, where it is a whole file
    private OptionalInt damaged = OptionalInt.empty();
    private final AtomicLong handedOut = new AtomicLong();
    private int segment;
    private long position; // within the segment
    private Optional<ObjectContent> stream = Optional.empty();
    private long streamLeft; // bytes that it still yields

    /**
     * A reader at the first byte.
     *
     * @param files what {@code body} is made of
     * @param readAheads for a file whose turn has come
     */
    public BodyReader(Body body, List<? extends ContentSource> files, Function<ContentSource, ReadAhead> readAheads) {
        this.body = body;
        this.files = List.copyOf(files);
        this.readAheads = readAheads;
        begin();
    }

    /** Prepares for the next bytes of a file, be they of this segment or behind framing. */
    private void begin() {
        Optional<Content> next = nextContent();
        if (next.isPresent()) {
            Content content = next.get();
            ContentSource source = files.get(content.file());
            checksum = content.isWhole(source.size()) ? Optional.of(new CRC32C()) : Optional.empty();
            if (content.file() != file) {
                file = content.file();
                ahead.release();
                ahead = readAheads.apply(source);
            }
        }
    }

    private Optional<Content> nextContent() {
        return body.segments().stream()
                .skip(segment)
                .filter(Content.class::isInstance)
                .map(Content.class::cast)
                .findFirst();
    }

    /** Which file was found to have other bytes than were submitted. */
    OptionalInt damaged() {
        return damaged;
    }

    /** How many bytes were handed out. From any thread. */
    long handedOut() {
        return handedOut.get();
    }

    /** Whether every byte was handed out. */
    boolean isAtEnd() {
        return segment == body.segments().size();
    }

    /** Whether a connection to the store is held. */
    boolean holdsStream() {
        return stream.isPresent();
    }

    /** Whether memory is held for what was read ahead; {@link #release} gives it back. From any thread. */
    boolean readsAhead() {
        return ahead.holdsChunks();
    }

    /**
     * Whether the next byte comes from the store and no connection to it is held. Where that byte is being read ahead, it
     * is waited for as a stream would be.
     */
    boolean needsStream() {
        return stream.isEmpty()
                && !isAtEnd()
                && current() instanceof Content content
                && !ahead.has(content.range().offset() + position);
    }

    /**
     * Opens the stream that {@link #needsStream} speaks of, or will once the framing before it was handed out; may block
     * as {@link ContentSource#open} does.
     *
     * @param most bytes to ask the store for, at least 1. A connection is of use to others again only if all it was asked
     *     for was read, so whoever will stop soon had better ask for no more than that.
     */
    void open(long most) throws ObjectStoreException {
        ByteRange range = nextContent().orElseThrow().range();
        long begun = current() instanceof Content ? position : 0;
        long offset = range.offset() + begun;
        long wanted = Math.min(ahead.readerIsQuick() ? Long.MAX_VALUE : most, range.length() - begun);
        long length = ahead.byItself(offset, wanted);
        stream = Optional.of(files.get(file).open(new ByteRange(offset, length)));
        streamLeft = length;
        if (length < wanted) {
            ahead.extend(offset + length, range.end(), 1);
        }
    }

    /**
     * Hands out the next bytes, at most up to the end of a segment; may block as the store's stream does. After a
     * failure of the store no connection is held, and the same bytes can be had once {@link #open} succeeds again.
     *
     * @param start where in {@code buffer} to put them
     * @param most how many bytes to hand out, at least 1, at most as many as {@code buffer} has from there on
     * @return number of bytes put there, at least 1
     * @throws ObjectStoreException if the store fails
     * @throws IntegrityException if a whole file was read and it is not what was submitted
     */
    int read(byte[] buffer, int start, int most) throws IOException {
        Segment current = current();
        int count;
        if (current instanceof Framing framing) {
            byte[] text = Body.bytes(framing);
            count = Math.min(most, text.length - (int) position);
            System.arraycopy(text, (int) position, buffer, start, count);
        } else {
            ByteRange range = ((Content) current).range();
            count = stream.isPresent()
                    ? readContent(buffer, start, (int) Math.min(most, streamLeft))
                    : ahead.read(range.offset() + position, buffer, start, most);
            int read = count;
            checksum.ifPresent(sum -> sum.update(buffer, start, read));
            if (stream.isEmpty() && ahead.holdsChunks()) {
                ahead.extend(range.offset() + position + count, range.end(), 0);
            }
        }
        position += count;
        handedOut.addAndGet(count);
        if (position == current.length()) {
            if (current instanceof Content content) {
                closeStream();
                verify(content);
            }
            segment++;
            position = 0;
            begin();
        }
        return count;
    }

    private int readContent(byte[] buffer, int start, int wanted) throws ObjectStoreException {
        ObjectContent content = stream.orElseThrow(() -> new IllegalStateException("no stream is open"));
        int count = 0;
        try {
            // The first bytes go out as soon as they are in; later on, large writes are what is cheap.
            do {
                count += content.read(buffer, start + count, wanted - count);
            } while (count < wanted && position > 0);
        } catch (ObjectStoreException e) {
            closeStream();
            ahead.noteOwnFailure();
            if (count == 0) {
                throw e;
            }
            // What came before the failure is good, and opening the rest again will tell what is wrong.
        }
        streamLeft -= count;
        ahead.noteOwnBytes(count);
        if (streamLeft == 0) {
            closeStream();
            ahead.noteOwnProgress();
        }
        return count;
    }

    private void verify(Content content) throws IntegrityException {
        if (checksum.isPresent()) {
            ContentSource source = files.get(content.file());
            byte[] sum = ByteBuffer.allocate(Integer.BYTES)
                    .putInt((int) checksum.get().getValue())
                    .array();
            if (!Base64.getEncoder().encodeToString(sum).equals(source.crc32c())) {
                damaged = OptionalInt.of(content.file());
                throw new IntegrityException("%s does not have the CRC32C that was recorded for it".formatted(source));
            }
        }
    }

    /**
     * Asks the store for one byte of each file whose turn comes after the next one's: what is not there is better known
     * before anything is promised. May block as {@link #open} does, for one after the other.
     *
     * @param patience after which no more are asked for; whether they are there turns out when their turn comes
     * @throws ObjectStoreException if one is not there, or the store fails
     */
    void requireLaterFiles(Duration patience) throws ObjectStoreException {
        long begin = System.nanoTime();
        Set<Integer> asked = new HashSet<>(Set.of(file));
        for (Segment each : body.segments()) {
            if (each instanceof Content content && asked.add(content.file())) {
                if (System.nanoTime() - begin >= patience.toNanos()) {
                    return;
                }
                try (ObjectContent one = files.get(content.file())
                        .open(new ByteRange(content.range().offset(), 1))) {
                    one.read(new byte[1], 0, 1); // with it, the connection is of use to others
                }
            }
        }
    }

    /** Opens the stream of the next bytes of a file, so that the store has answered before anything is promised. */
    void openFirst() throws ObjectStoreException {
        boolean isBehindFraming =
                !isAtEnd() && current() instanceof Framing && nextContent().isPresent();
        if (needsStream() || (isBehindFraming && stream.isEmpty())) {
            open(Long.MAX_VALUE);
        }
    }

    /** Goes back to the first byte, with nothing held. */
    void rewind() {
        release();
        damaged = OptionalInt.empty();
        handedOut.set(0);
        file = -1;
        segment = 0;
        position = 0;
        begin();
    }

    /**
     * Gives the connection to the store back for now, and when little of what it was asked for is left reads that first,
     * for nothing: the connection is then of use to others. May block as {@link #read} does.
     */
    void letGo(byte[] scratch) {
        try {
            while (streamLeft > 0 && streamLeft <= ReaderPolicy.READ_TO_KEEP_BYTES && holdsStream()) {
                streamLeft -= stream.get().read(scratch, 0, (int) Math.min(streamLeft, scratch.length));
            }
        } catch (ObjectStoreException e) {
            // It is of use to nobody.
        }
        release();
    }

    /** Gives everything back that is held of the store's connections and of memory; the position stays. */
    void release() {
        closeStream();
        ahead.release();
    }

    private void closeStream() {
        stream.ifPresent(ObjectContent::close);
        stream = Optional.empty();
    }

    private Segment current() {
        return body.segments().get(segment);
    }
}
