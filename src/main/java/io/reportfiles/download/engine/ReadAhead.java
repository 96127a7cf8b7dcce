package io.reportfiles.download.engine;

import io.reportfiles.download.engine.BufferBudget.Claim;
import io.reportfiles.storage.ByteRange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What one download has fetched, or is fetching, beyond the place where its reader is: chunks of the file in order, each
 * over a connection of its own. It is a mere hope: a chunk that could not be begun or did not come to its end is not
 * missed, for the download reads those bytes itself, and learns there what is wrong with the store.
 *
 * <p>Belongs to the download's slice; only {@link #holdsChunks} may be asked by anybody.
 */
public final class ReadAhead {

    private final int streams;
    private final int chunkBytes;
    private final BiFunction<ByteRange, Claim, Optional<Chunk>> fetcher;

    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private volatile boolean holdsChunks;
    private boolean refused; // nothing could be begun when it was last tried
    private boolean failed; // the store, in a chunk or otherwise, and has not shown since that it can do better
    private boolean readerTakes; // a chunk, and quickly
    private long ownBytes; // what the reader has taken of the next chunk's worth from the download itself
    private long ownSinceNanos;
    private int withoutWaiting; // chunks that the reader has taken since it last waited for one
    private int worthwhile; // connections that the reader was seen to keep busy

    /**
     * Nothing read ahead yet.
     *
     * @param streams most connections of the download, its own included; with 1 nothing ever is
     * @param fetcher begins to fetch a chunk, if memory, a connection and a thread are to be had
     */
    ReadAhead(int streams, int chunkBytes, BiFunction<ByteRange, Claim, Optional<Chunk>> fetcher) {
        this.streams = streams;
        this.chunkBytes = chunkBytes;
        this.fetcher = fetcher;
        this.worthwhile = streams;
    }

    /** For downloads that never read ahead. */
    public static ReadAhead off() {
        return new ReadAhead(1, Integer.MAX_VALUE, (range, claim) -> Optional.empty());
    }

    /** Whether memory is held, and perhaps connections. */
    boolean holdsChunks() {
        return holdsChunks;
    }

    /** How many of the {@code wanted} bytes at {@code offset} the download had better read itself. */
    long byItself(long offset, long wanted) {
        long gap = chunks.isEmpty()
                ? wanted
                : Math.min(wanted, chunks.getFirst().range().offset() - offset);
        if (streams == 1 || wanted <= chunkBytes) {
            return gap;
        }
        return Math.min(gap, refused ? (long) ReaderPolicy.CHUNKS_BY_ITSELF * chunkBytes : chunkBytes);
    }

    /**
     * Has more of the file fetched, as far as that can be had without waiting.
     *
     * @param from where to begin if nothing is held
     * @param end where the bytes end that the reader is to get
     * @param others connections that the download itself reads from at the moment
     */
    void extend(long from, long end, int others) {
        long next = chunks.isEmpty() ? from : chunks.getLast().range().end();
        while (!failed && next < end && chunks.size() + others < worthwhile) {
            ByteRange range = new ByteRange(next, Math.min(chunkBytes, end - next));
            Optional<Chunk> chunk = fetcher.apply(range, readerTakes ? Claim.SPEED : Claim.TRUST);
            if (chunk.isEmpty()) {
                break;
            }
            chunks.addLast(chunk.get());
            holdsChunks = true;
            next = range.end();
        }
        refused = chunks.isEmpty();
    }

    /** Whether the byte at {@code offset} of the file is here. One on its way is waited for. */
    boolean has(long offset) {
        while (!chunks.isEmpty() && chunks.getFirst().range().offset() <= offset) {
            Chunk first = chunks.getFirst();
            if (offset < first.range().end()) {
                if (!first.has(offset)) {
                    withoutWaiting = -1; // this one counts when it is taken
                    worthwhile = Math.min(streams, 2 * worthwhile);
                }
                if (first.await(offset)) {
                    return true;
                }
                failed = true;
            }
            dropFirst();
        }
        return false;
    }

    /**
     * Hands out bytes of which {@link #has} said that they are here.
     *
     * @return how many were put into {@code buffer}, from {@code start} on, at least 1
     */
    int read(long offset, byte[] buffer, int start, int most) {
        Chunk first = chunks.getFirst();
        int count = first.read(offset, buffer, start, most);
        if (offset + count == first.range().end()) {
            noteTaken();
            dropFirst();
        }
        return count;
    }

    /** Whoever takes all there is without waiting is slower than the store: the memory is of more use to others. */
    private void noteTaken() {
        readerTakes = true;
        withoutWaiting++;
        if (withoutWaiting > worthwhile) {
            withoutWaiting = 0;
            worthwhile = Math.max(1, worthwhile / 2);
        }
    }

    /** Whether the reader takes so much that there is no use in asking the store for little. */
    boolean readerIsQuick() {
        return streams > 1 && readerTakes;
    }

    /** Notes that the reader takes so many bytes from the download itself. */
    void noteOwnBytes(int count) {
        if (ownBytes == 0) {
            ownSinceNanos = System.nanoTime();
        }
        ownBytes += count;
        if (ownBytes >= chunkBytes) {
            readerTakes = System.nanoTime() - ownSinceNanos < ReaderPolicy.QUICK_CHUNK.toNanos();
            ownBytes = 0;
        }
    }

    /** Notes that the download's own connection has yielded all it was asked for: the store can be relied on. */
    void noteOwnProgress() {
        failed = false;
        worthwhile = Math.min(streams, Math.max(2, worthwhile));
    }

    /** Notes that it has not: what is under way may come, but no more is begun. */
    void noteOwnFailure() {
        failed = true;
    }

    private void dropFirst() {
        chunks.removeFirst().drop();
        holdsChunks = !chunks.isEmpty();
    }

    /** Drops everything; connections are given back as soon as whoever reads from them looks up. */
    void release() {
        chunks.forEach(Chunk::drop);
        chunks.clear();
        holdsChunks = false;
        readerTakes = false;
        ownBytes = 0;
    }
}
