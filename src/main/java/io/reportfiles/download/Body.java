package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.reportfiles.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;

/**
 * What a body is made of, in order; its length is known before its first byte is read.
 *
 * @param segments runs of the file's bytes, and what multipart framing stands between them
 */
record Body(List<Segment> segments) {

    static final Body EMPTY = new Body(List.of());

    /** A piece of a body. */
    sealed interface Segment {

        /** Number of bytes, at least 1. */
        long length();
    }

    /** Framing, in ASCII. */
    record Framing(String text) implements Segment {
        @Override
        public long length() {
            return text.length();
        }
    }

    /** Bytes of the file. */
    record Content(ByteRange range) implements Segment {
        @Override
        public long length() {
            return range.length();
        }
    }

    Body {
        segments = List.copyOf(segments);
    }

    static Body of(ByteRange range) {
        return new Body(List.of(new Content(range)));
    }

    /** A {@code multipart/byteranges} body (RFC 9110 §14.6). */
    static Body multipart(List<ByteRange> ranges, Representation file) {
        List<Segment> segments = new ArrayList<>();
        String before = "--";
        for (ByteRange range : ranges) {
            segments.add(new Framing(before + boundary(file) + "\r\nContent-Type: " + file.contentType()
                    + "\r\nContent-Range: " + contentRange(range, file.size()) + "\r\n\r\n"));
            segments.add(new Content(range));
            before = "\r\n--";
        }
        segments.add(new Framing(before + boundary(file) + "--\r\n"));
        return new Body(segments);
    }

    /** A boundary that no content can hold by design: it is taken from the content's own digest. */
    static String boundary(Representation file) {
        return "report-files-" + file.sha256().substring(0, 40);
    }

    /** {@code Content-Range} (RFC 9110 §14.4); not by a format, which writes the digits of the server's language. */
    static String contentRange(ByteRange range, long size) {
        return "bytes " + range.offset() + "-" + (range.end() - 1) + "/" + size;
    }

    /** Number of bytes. */
    long length() {
        return segments.stream().mapToLong(Segment::length).sum();
    }

    /** Whether this is the file from its first byte to its last, so that its checksum can be verified on the way. */
    boolean isWhole(long size) {
        return segments.size() == 1
                && segments.get(0) instanceof Content content
                && content.range().equals(ByteRange.whole(size));
    }

    static byte[] bytes(Framing framing) {
        return framing.text().getBytes(US_ASCII);
    }
}
