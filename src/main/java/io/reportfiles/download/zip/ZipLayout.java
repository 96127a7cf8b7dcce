package io.reportfiles.download.zip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reportfiles.download.http.Body;
import io.reportfiles.download.http.Body.Content;
import io.reportfiles.download.http.Body.Framing;
import io.reportfiles.download.http.Body.Segment;
import io.reportfiles.storage.ByteRange;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything stands in a ZIP file whose entries are stored as they are (APPNOTE.TXT 6.3.10, sections 4.3 to 4.5).
 * Since sizes and checksums are known, so is each of its bytes but those of the files: any part of it can be made by itself.
 * What does not fit into 32 bits is told as ZIP64 does, and only that, for the readers that do not know it.
 */
final class ZipLayout {

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int END = 0x06054b50;

    private static final int VERSION = 20;
    private static final int VERSION_64 = 45;
    private static final int MADE_ON_UNIX = 3 << 8;
    private static final int UTF_8_NAME = 1 << 11;
    private static final long READABLE_FILE = 0100644L << 16;

    private static final int EXTRA_64 = 0x0001;
    private static final int EXTRA_TIME = 0x5455;
    private static final int TIME_BYTES = 5;
    private static final int MODIFIED = 1;

    private static final long MAX_32 = 0xffff_ffffL;
    private static final int MAX_16 = 0xffff;
    private static final int END_64_BYTES_LEFT = 44;

    private final List<Entry> entries;
    private final List<Segment> segments = new ArrayList<>();
    private final Fields directory = new Fields();
    private long position;

    /**
     * A file of the ZIP file.
     *
     * @param size number of bytes
     * @param crc32 their CRC-32
     */
    record Entry(String name, long size, int crc32, Instant modified) {}

    private ZipLayout(List<Entry> entries) {
        this.entries = entries;
    }

    /** The ZIP file of these entries, in which file {@code i} is that of entry {@code i}. */
    static Body of(List<Entry> entries) {
        return new ZipLayout(entries).layOut();
    }

    private Body layOut() {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            addToDirectory(entry, position);
            add(localHeader(entry));
            if (entry.size() > 0) {
                segments.add(new Content(i, ByteRange.whole(entry.size())));
                position += entry.size();
            }
        }
        add(directory.append(end(position, directory.length())));
        return new Body(segments);
    }

    private void add(Fields framing) {
        segments.add(new Framing(framing.text()));
        position += framing.length();
    }

    private static Fields localHeader(Entry entry) {
        byte[] name = entry.name().getBytes(UTF_8);
        boolean large = entry.size() >= MAX_32;
        Fields extra = new Fields();
        if (large) {
            extra.two(EXTRA_64).two(2 * Long.BYTES).eight(entry.size()).eight(entry.size());
        }
        extra.append(time(entry));
        return common(new Fields().four(LOCAL_HEADER), entry, large)
                .two(name.length)
                .two(extra.length())
                .bytes(name)
                .append(extra);
    }

    private void addToDirectory(Entry entry, long offset) {
        byte[] name = entry.name().getBytes(UTF_8);
        boolean large = entry.size() >= MAX_32;
        boolean far = offset >= MAX_32;
        Fields extra = new Fields();
        if (large || far) {
            extra.two(EXTRA_64).two((large ? 2 * Long.BYTES : 0) + (far ? Long.BYTES : 0));
            if (large) {
                extra.eight(entry.size()).eight(entry.size());
            }
            if (far) {
                extra.eight(offset);
            }
        }
        extra.append(time(entry));
        common(directory.four(CENTRAL_HEADER).two(MADE_ON_UNIX | VERSION_64), entry, large || far)
                .two(name.length)
                .two(extra.length())
                .two(0) // length of the comment
                .two(0) // number of the disk
                .two(0) // internal attributes
                .four(READABLE_FILE)
                .four(Math.min(offset, MAX_32))
                .bytes(name)
                .append(extra);
    }

    /** What stands alike in both headers of an entry. */
    private static Fields common(Fields fields, Entry entry, boolean needs64) {
        LocalDateTime modified = dosTime(entry.modified());
        long size = Math.min(entry.size(), MAX_32);
        return fields.two(needs64 ? VERSION_64 : VERSION)
                .two(UTF_8_NAME)
                .two(0) // stored
                .two(modified.getHour() << 11 | modified.getMinute() << 5 | modified.getSecond() / 2)
                .two((modified.getYear() - 1980) << 9 | modified.getMonthValue() << 5 | modified.getDayOfMonth())
                .four(entry.crc32())
                .four(size)
                .four(size);
    }

    /** DOS knows no time zone; {@link #EXTRA_TIME} says what is meant, to those who look. */
    private static LocalDateTime dosTime(Instant time) {
        LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        return local.getYear() < 1980 ? LocalDateTime.of(1980, 1, 1, 0, 0) : local;
    }

    private static Fields time(Entry entry) {
        return new Fields()
                .two(EXTRA_TIME)
                .two(TIME_BYTES)
                .one(MODIFIED)
                .four(entry.modified().getEpochSecond());
    }

    private Fields end(long directoryOffset, long directoryBytes) {
        Fields end = new Fields();
        int count = entries.size();
        if (count >= MAX_16 || directoryOffset >= MAX_32 || directoryBytes >= MAX_32) {
            end.four(END_64)
                    .eight(END_64_BYTES_LEFT)
                    .two(MADE_ON_UNIX | VERSION_64)
                    .two(VERSION_64)
                    .four(0) // this disk
                    .four(0) // the directory's disk
                    .eight(count)
                    .eight(count)
                    .eight(directoryBytes)
                    .eight(directoryOffset);
            end.four(LOCATOR_64).four(0).eight(directoryOffset + directoryBytes).four(1);
        }
        return end.four(END)
                .two(0)
                .two(0)
                .two(Math.min(count, MAX_16))
                .two(Math.min(count, MAX_16))
                .four(Math.min(directoryBytes, MAX_32))
                .four(Math.min(directoryOffset, MAX_32))
                .two(0); // length of the comment
    }

    /** Numbers with the lowest byte first. */
    private static final class Fields {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Fields one(int value) {
            bytes.write(value);
            return this;
        }

        Fields two(int value) {
            return one(value).one(value >>> 8);
        }

        Fields four(long value) {
            return two((int) value).two((int) (value >>> 16));
        }

        Fields eight(long value) {
            return four(value).four(value >>> 32);
        }

        Fields bytes(byte[] value) {
            bytes.writeBytes(value);
            return this;
        }

        Fields append(Fields other) {
            return bytes(other.bytes.toByteArray());
        }

        int length() {
            return bytes.size();
        }

        String text() {
            return bytes.toString(ISO_8859_1);
        }
    }
}
