package io.reportfiles.download.zip;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.download.http.Body;
import io.reportfiles.download.http.Body.Content;
import io.reportfiles.download.http.Body.Framing;
import io.reportfiles.download.http.Body.Segment;
import io.reportfiles.storage.ByteRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ZIP files as other programs read them. */
class ZipLayoutTest {

    private static final Instant TIME = Instant.parse("2026-03-31T12:00:02Z");

    @Test
    void entriesAreReadBackByTheJavaPlatform(@TempDir Path directory) throws IOException {
        byte[] first = bytes(100_000);
        byte[] last = bytes(17);
        Path zip = write(
                directory,
                List.of(entry("Übersicht – 表.csv", first), entry("empty.txt", new byte[0]), entry("last.csv", last)),
                List.of(first, new byte[0], last));

        try (ZipFile file = new ZipFile(zip.toFile())) {
            assertThat(Collections.list(file.entries()))
                    .extracting(ZipEntry::getName)
                    .containsExactly("Übersicht – 表.csv", "empty.txt", "last.csv");
            assertThat(file.getInputStream(file.getEntry("Übersicht – 表.csv")).readAllBytes())
                    .isEqualTo(first);
            assertThat(file.getEntry("empty.txt").getSize()).isZero();
            assertThat(file.getEntry("last.csv").getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(file.getEntry("last.csv").getLastModifiedTime().toInstant())
                    .isEqualTo(TIME);
        }
        try (ZipInputStream stream = new ZipInputStream(Files.newInputStream(zip))) { // heeds the checksums
            List<byte[]> contents = new ArrayList<>();
            while (stream.getNextEntry() != null) {
                contents.add(stream.readAllBytes());
            }
            assertThat(contents).containsExactly(first, new byte[0], last);
        }
    }

    @Test
    void unzipFindsNoFault(@TempDir Path directory) throws Exception {
        byte[] content = bytes(5000);
        Path zip = write(directory, List.of(entry("ä.csv", content)), List.of(content));

        for (String[] program :
                new String[][] {{"unzip", "-t"}, {"python3", "-m", "zipfile", "-t"}, {"7z", "t"}, {"bsdtar", "-tf"}}) {
            List<String> command = new ArrayList<>(Arrays.asList(program));
            command.add(zip.toString());
            if (isInstalled(program[0])) {
                assertThat(new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor())
                        .as(String.join(" ", command))
                        .isZero();
            }
        }
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @Test
    void whatIsBeyond4GiBIsFound(@TempDir Path directory) throws IOException {
        long large = (5L << 30) + 1;
        byte[] small = bytes(100);
        List<ZipLayout.Entry> entries =
                List.of(new ZipLayout.Entry("large.zip", large, 0, TIME), entry("behind.csv", small));
        Path zip = directory.resolve("large.zip");
        try (FileChannel channel = FileChannel.open(
                zip, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE)) {
            long position = 0;
            for (Segment segment : ZipLayout.of(entries).segments()) { // the large file is a hole
                if (segment instanceof Framing framing) {
                    channel.write(ByteBuffer.wrap(Body.bytes(framing)), position);
                } else if (segment instanceof Content content && content.file() == 1) {
                    channel.write(ByteBuffer.wrap(small), position);
                }
                position += segment.length();
            }
        }

        try (ZipFile file = new ZipFile(zip.toFile());
                InputStream behind = file.getInputStream(file.getEntry("behind.csv"))) {
            assertThat(file.getEntry("large.zip").getSize()).isEqualTo(large);
            assertThat(behind.readAllBytes()).isEqualTo(small);
        }
    }

    @Test
    void moreEntriesThan16BitsCountAreThere(@TempDir Path directory) throws IOException {
        List<ZipLayout.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 70_000; i++) {
            entries.add(new ZipLayout.Entry(i + ".csv", 0, 0, TIME));
        }
        try (ZipFile file = new ZipFile(write(directory, entries, List.of()).toFile())) {
            assertThat(file.size()).isEqualTo(70_000);
        }
    }

    @Property(tries = 200)
    void anyPartIsThatPartOfTheWhole(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 50) Integer> sizes,
            @ForAll @IntRange(max = 1000) int from,
            @ForAll @IntRange(min = 1, max = 1000) int length) {
        List<byte[]> contents = sizes.stream().map(ZipLayoutTest::bytes).toList();
        List<ZipLayout.Entry> entries = new ArrayList<>();
        for (byte[] content : contents) {
            entries.add(entry(entries.size() + ".csv", content));
        }
        Body whole = ZipLayout.of(entries);
        byte[] all = bytes(whole, contents);
        int start = Math.min(from, all.length - 1);
        int end = Math.min(start + length, all.length);

        Body part = whole.part(new ByteRange(start, end - start));
        assertThat(bytes(part, contents)).isEqualTo(Arrays.copyOfRange(all, start, end));
        long ofFiles = 0;
        for (int i = 0; i < contents.size(); i++) {
            ofFiles += part.rangesOf(i).stream().mapToLong(ByteRange::length).sum();
            assertThat(part.bytesOf(i, part.length()))
                    .isEqualTo(part.rangesOf(i).stream()
                            .mapToLong(ByteRange::length)
                            .sum());
        }
        assertThat(ofFiles)
                .isEqualTo(part.segments().stream()
                        .filter(Content.class::isInstance)
                        .mapToLong(Segment::length)
                        .sum());
    }

    private static Path write(Path directory, List<ZipLayout.Entry> entries, List<byte[]> contents) throws IOException {
        return Files.write(directory.resolve("test.zip"), bytes(ZipLayout.of(entries), contents));
    }

    private static byte[] bytes(Body body, List<byte[]> contents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Segment segment : body.segments()) {
            if (segment instanceof Framing framing) {
                bytes.writeBytes(Body.bytes(framing));
            } else if (segment instanceof Content content) {
                ByteRange range = content.range();
                bytes.write(contents.get(content.file()), (int) range.offset(), (int) range.length());
            }
        }
        return bytes.toByteArray();
    }

    private static ZipLayout.Entry entry(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return new ZipLayout.Entry(name, content.length, (int) crc.getValue(), TIME);
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
