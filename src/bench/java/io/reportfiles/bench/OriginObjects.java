package io.reportfiles.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the origin keeps: each object as the files it was sent in, open and most likely in the page cache. */
final class OriginObjects implements AutoCloseable {

    /** Every object has the same: what is under a name never changes here. */
    static final String ETAG = "d41d8cd98f00b204e9800998ecf8427e";

    /** What every answer about an object says of it. */
    static final String IDENTITY = "ETag: \"" + ETAG + "\"\r\nx-amz-version-id: v1\r\nx-amz-request-id: origin\r\n"
            + "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n";

    private static final Pattern PART = Pattern.compile("partNumber=(\\d+)");
    private static final Pattern UPLOAD = Pattern.compile("uploadId=(\\d+)");
    private static final int SMALL = 64 << 10;

    private final Path directory;
    private final AtomicLong names = new AtomicLong();
    private final Map<String, Stored> objects = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, FileChannel>> uploads = new ConcurrentHashMap<>();
    private volatile String lastPath = "";

    OriginObjects(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /**
     * An object.
     *
     * @param small all of its bytes, if they are few: then one call sends them together with the head
     */
    record Stored(List<FileChannel> pieces, long size, ByteBuffer small) {

        static Stored of(List<FileChannel> pieces) throws IOException {
            long size = 0;
            for (FileChannel piece : pieces) {
                size += piece.size();
            }
            ByteBuffer small = ByteBuffer.allocateDirect(size <= SMALL ? (int) size : 0);
            if (size <= SMALL) {
                for (FileChannel piece : pieces) {
                    piece.read(small, 0);
                }
            }
            return new Stored(pieces, size, small.flip());
        }

        void send(SocketChannel connection, ByteBuffer head, long offset, long length) throws IOException {
            if (small.hasRemaining()) {
                ByteBuffer[] all = {head, small.slice((int) offset, (int) length)};
                while (all[1].hasRemaining()) {
                    connection.write(all);
                }
                return;
            }
            connection.write(head);
            long skipped = 0;
            long left = length;
            for (FileChannel piece : pieces) {
                long position = Math.max(0, offset - skipped);
                while (left > 0 && position < piece.size()) {
                    long count = piece.transferTo(position, Math.min(left, piece.size() - position), connection);
                    position += count;
                    left -= count;
                }
                skipped += piece.size();
            }
        }
    }

    /** The object at a path, null where none is. */
    Stored find(String path) {
        return objects.get(path);
    }

    /** The path of the object that was stored last. */
    String lastPath() {
        return lastPath;
    }

    /** Stores a body as an object or as part of one; what the answer says about it. */
    String put(OriginRequest request) throws IOException {
        FileChannel file = newFile();
        request.readBody(file);
        Matcher part = PART.matcher(request.query());
        if (part.find()) {
            uploads.get(uploadOf(request)).put(Integer.valueOf(part.group(1)), file);
        } else {
            store(request.path(), List.of(file));
        }
        String checksum = request.header("x-amz-checksum-crc32c");
        return IDENTITY + (checksum.isEmpty() ? "" : "x-amz-checksum-crc32c: " + checksum + "\r\n");
    }

    /** Takes a body that is of no interest. */
    String ignore(OriginRequest request) throws IOException {
        try (FileChannel file = newFile()) {
            request.readBody(file);
        }
        return "";
    }

    String beginUpload() {
        String id = Long.toString(names.incrementAndGet());
        uploads.put(id, new ConcurrentSkipListMap<>()); // several parts come at once
        return id;
    }

    String completeUpload(OriginRequest request) throws IOException {
        ignore(request);
        store(request.path(), List.copyOf(uploads.remove(uploadOf(request)).values()));
        return IDENTITY;
    }

    /** The parts of an unfinished upload, as S3 lists them. */
    String listParts(OriginRequest request) throws IOException {
        StringBuilder parts = new StringBuilder("<ListPartsResult><IsTruncated>false</IsTruncated>");
        for (Map.Entry<Integer, FileChannel> part :
                uploads.get(uploadOf(request)).entrySet()) {
            parts.append("<Part><PartNumber>%d</PartNumber><ETag>\"%s\"</ETag><Size>%d</Size></Part>"
                    .formatted(part.getKey(), ETAG, part.getValue().size()));
        }
        return parts.append("</ListPartsResult>").toString();
    }

    private static String uploadOf(OriginRequest request) throws IOException {
        Matcher upload = UPLOAD.matcher(request.query());
        if (!upload.find()) {
            throw new IOException("no upload is named in " + request.query());
        }
        return upload.group(1);
    }

    private void store(String path, List<FileChannel> pieces) throws IOException {
        objects.put(path, Stored.of(pieces));
        lastPath = path;
    }

    private FileChannel newFile() throws IOException {
        return FileChannel.open(
                directory.resolve(Long.toString(names.incrementAndGet())),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Gives the disk space of an object back. */
    void remove(String path) throws IOException {
        for (FileChannel piece : objects.remove(path).pieces()) {
            piece.close();
        }
    }

    /** Gives the disk space of all objects back. */
    void removeAll() throws IOException {
        for (String path : objects.keySet()) {
            remove(path);
        }
    }

    @Override
    public void close() throws IOException {
        removeAll();
    }
}
