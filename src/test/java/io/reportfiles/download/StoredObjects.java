package io.reportfiles.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Stream;

/** Where the bytes of a report file are, which only the database and the disk of the S3 server know. */
final class StoredObjects {

    private StoredObjects() {}

    /** The key of a file's object. */
    static String keyOf(String id) throws SQLException {
        try (Connection database = Deployed.jdbc();
                PreparedStatement select =
                        database.prepareStatement("select object_key from report_file where id = ?")) {
            select.setObject(1, UUID.fromString(id));
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }

    /** The file in which the S3 server keeps the object, for changes behind its back such as a failing disk makes. */
    static Path fileOf(String id) throws IOException, SQLException {
        Path object = Path.of(keyOf(id)).getFileName();
        try (Stream<Path> tree = Files.walk(Deployed.s3().directory())) {
            return tree.filter(path -> path.endsWith(object)).findFirst().orElseThrow();
        }
    }

    /** Changes the first byte of a file's object, as a failing disk would: behind the back of S3. */
    static void damage(String id) throws IOException, SQLException {
        try (FileChannel channel = FileChannel.open(fileOf(id), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer first = ByteBuffer.allocate(1);
            channel.read(first, 0);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (first.get(0) ^ 1)}), 0);
        }
    }
}
