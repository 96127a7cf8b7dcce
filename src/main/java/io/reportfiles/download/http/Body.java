package io.reportfiles.download.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reportfiles.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;

/**
 * What a body is made of, in order; its length is known before its first byte is read.
 *
 * @param segments runs of files' bytes, and what stands between them
 */
public record Body(List<Segment> segments) {

    public static final Body EMPTY = new Body(List.of());

    /** A piece of a body. */
    public sealed interface Segment {

        /** Number of bytes, at least 1. */
        public long length();

        /** Some of it. */
        public Segment part(ByteRange range);
    }

    /**
     * Framing, of multipart or of a ZIP file.
     *
     * @param text each character stands for a byte, as in ISO 8859-1
     */
    public record Framing(String text) implements Segment {
        @Override
        public long length() {
            return text.length();
        }

        @Override
        public Framing part(ByteRange range) {
            return new Framing(text.substring((int) range.offset(), (int) range.end()));
        }
    }

    /**
     * Bytes of a file.
     *
     * @param file which of the files that make up the body, from 0
     */
    public record Content(int file, ByteRange range) implements Segment {

        /** Of the only file. */
        Content(ByteRange range) {
            this(0, range);
        }

        @Override
        public long length() {
            return range.length();
        }

        @Override
        public Content part(ByteRange part) {
            return new Content(file, new ByteRange(range.offset() + part.offset(), part.length()));
        }

        /** Whether this is the file from its first byte to its last, so that its checksum can be verified on the way. */
        public boolean isWhole(long size) {
            return range.equals(ByteRange.whole(size));
        }
    }

    public Body {
        segments = List.copyOf(segments);
    }

    /** All of the only file. */
    public static Body whole(long size) {
        return size == 0 ? EMPTY : of(ByteRange.whole(size));
    }

    public static Body of(ByteRange range) {
        return new Body(List.of(new Content(range)));
    }

    /** Some of the bytes of this body, as a body. */
    public Body part(ByteRange range) {
        List<Segment> parts = new ArrayList<>();
        long start = 0;
        for (Segment segment : segments) {
            long from = Math.max(range.offset(), start) - start;
            long until = Math.min(range.end() - start, segment.length());
            if (from < until) {
                parts.add(segment.part(new ByteRange(from, until - from)));
            }
            start += segment.length();
        }
        return new Body(parts);
    }

    /** A {@code multipart/byteranges} body (RFC 9110 §14.6). */
    public static Body multipart(List<ByteRange> ranges, Representation whole) {
        List<Segment> segments = new ArrayList<>();
        String before = "--";
        for (ByteRange range : ranges) {
            segments.add(new Framing(before + boundary(whole) + "\r\nContent-Type: " + whole.contentType()
                    + "\r\nContent-Range: " + contentRange(range, whole.size()) + "\r\n\r\n"));
            segments.addAll(whole.content().part(range).segments());
            before = "\r\n--";
        }
        segments.add(new Framing(before + boundary(whole) + "--\r\n"));
        return new Body(segments);
    }

    /** A boundary that no content can hold by design: it is taken from the content's own digest. */
    static String boundary(Representation whole) {
        return "report-files-" + whole.tag().substring(0, 40);
    }

    /** {@code Content-Range} (RFC 9110 §14.4); not by a format, which writes the digits of the server's language. */
    static String contentRange(ByteRange range, long size) {
        return "bytes " + range.offset() + "-" + (range.end() - 1) + "/" + size;
    }

    /** Number of bytes. */
    public long length() {
        return segments.stream().mapToLong(Segment::length).sum();
    }

    /** What it has of one of its files, in the order in which it has it. */
    public List<ByteRange> rangesOf(int file) {
        return segments.stream()
                .filter(Content.class::isInstance)
                .map(Content.class::cast)
                .filter(content -> content.file() == file)
                .map(Content::range)
                .toList();
    }

    /** How many bytes of one of its files are among the first {@code count} of this body. */
    public long bytesOf(int file, long count) {
        long bytes = 0;
        long start = 0;
        for (Segment segment : segments) {
            if (segment instanceof Content content && content.file() == file) {
                bytes += Math.max(0, Math.min(count - start, content.length()));
            }
            start += segment.length();
        }
        return bytes;
    }

    public static byte[] bytes(Framing framing) {
        return framing.text().getBytes(ISO_8859_1);
    }
}
