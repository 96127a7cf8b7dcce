package io.reportfiles.download.engine;

import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ContentSource;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectStoreException;
import java.util.function.BooleanSupplier;

/**
 * Some bytes of a file, fetched by one thread while another takes them from the front. It may end up with less than its
 * range: then fetching failed or was stopped, and what came before that is good.
 */
final class Chunk {

    private final ByteRange range;
    private final byte[][] pieces;
    private final Runnable gone;

    private int filledPieces;
    private boolean fetched; // nothing more comes
    private boolean dropped; // nothing more is wanted

    /**
     * A chunk that nobody fetches yet.
     *
     * @param gone called once, when it is neither fetched nor wanted any more and its memory is free
     */
    Chunk(ByteRange range, Runnable gone) {
        this.range = range;
        this.pieces =
                new byte[Math.toIntExact((range.length() + ReaderPolicy.PIECE_BYTES - 1) / ReaderPolicy.PIECE_BYTES)][];
        this.gone = gone;
    }

    ByteRange range() {
        return range;
    }

    /**
     * Fetches the bytes over a connection of its own, and gives that back at once when they are not wanted any more.
     *
     * @param goOn asked now and then whether to
     * @throws ObjectStoreException if the store fails; what was fetched before can still be taken
     */
    void fetch(ContentSource file, BooleanSupplier goOn) throws ObjectStoreException {
        try (ObjectContent content = file.open(range)) {
            for (int i = 0; i < pieces.length && !isDropped() && goOn.getAsBoolean(); i++) {
                byte[] piece = new byte
                        [(int) Math.min(
                                ReaderPolicy.PIECE_BYTES, range.length() - (long) i * ReaderPolicy.PIECE_BYTES)];
                for (int count = 0; count < piece.length; ) {
                    count += content.read(piece, count, piece.length - count);
                }
                put(piece);
            }
        } finally {
            end();
        }
    }

    private synchronized void put(byte[] piece) {
        if (!dropped) {
            pieces[filledPieces] = piece;
            filledPieces++;
            notifyAll();
        }
    }

    /** Notes that nobody fetches any more. */
    private synchronized void end() {
        fetched = true;
        notifyAll();
        if (dropped) {
            gone.run();
        }
    }

    private synchronized boolean isDropped() {
        return dropped;
    }

    /** Notes that nothing more is taken. */
    synchronized void drop() {
        if (!dropped) {
            dropped = true;
            if (fetched) {
                gone.run();
            }
        }
    }

    /** Whether the byte at {@code offset} of the file is there, or nothing will come any more. */
    synchronized boolean has(long offset) {
        return fetched || pieceOf(offset) < filledPieces;
    }

    /** Waits for the byte at {@code offset} of the file: no longer than the store's time-outs let fetching wait. */
    synchronized boolean await(long offset) {
        int piece = pieceOf(offset);
        while (piece >= filledPieces && !fetched) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return piece < filledPieces;
    }

    /**
     * Takes bytes that are there, those at {@code offset} of the file first.
     *
     * @param most how many, at most
     * @return how many were put into {@code buffer}, from {@code start} on, at least 1
     */
    synchronized int read(long offset, byte[] buffer, int start, int most) {
        int count = 0;
        while (count < most && offset + count < range.end() && pieceOf(offset + count) < filledPieces) {
            byte[] piece = pieces[pieceOf(offset + count)];
            int position = (int) ((offset + count - range.offset()) % ReaderPolicy.PIECE_BYTES);
            int length = Math.min(most - count, piece.length - position);
            System.arraycopy(piece, position, buffer, start + count, length);
            count += length;
        }
        return count;
    }

    private int pieceOf(long offset) {
        return (int) ((offset - range.offset()) / ReaderPolicy.PIECE_BYTES);
    }
}
