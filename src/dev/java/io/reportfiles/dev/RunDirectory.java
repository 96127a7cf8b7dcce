package io.reportfiles.dev;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Where the run command keeps what is to outlive it: the objects of S3, the database, and the secrets it made up. One run
 * at a time holds a directory.
 */
final class RunDirectory implements AutoCloseable {
    private static final long NEEDED_BYTES = 300L << 20;
    private static final int SECRET_BYTES = 18;

    private final Path directory;
    private final FileChannel lock;

    private RunDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Takes a directory for this run.
     *
     * @throws RunFailure if the directory cannot be made or written, if its disk is full, or if another run holds it
     */
    static RunDirectory hold(Path wanted) {
        Path directory = wanted.toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory);
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < NEEDED_BYTES) {
                throw new RunFailure(
                        "Only %d MiB are free for the data in %s; at least %d MiB are needed (-Ddata=DIR takes another place)."
                                .formatted(free >> 20, directory, NEEDED_BYTES >> 20));
            }
            FileChannel lock =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = lock.tryLock();
            if (held == null) {
                lock.close();
                throw new RunFailure(
                        "Another run of Report Files uses the data in %s; stop it, or take another place with -Ddata=DIR."
                                .formatted(directory));
            }
            return new RunDirectory(directory, lock);
        } catch (FileAlreadyExistsException e) {
            throw new RunFailure("The data can not be kept in %s, since it is not a directory.".formatted(directory));
        } catch (IOException e) {
            throw new RunFailure("The data can not be kept in %s: %s.".formatted(directory, reason(e)));
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + " (" + e.getMessage() + ")";
    }

    Path path() {
        return directory;
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    /** A secret that is made up the first time it is asked for and kept in a file that only its owner may read. */
    String secret(String name) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            byte[] random = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(random);
            writePrivately(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        }
        return Files.readString(file).strip();
    }

    private static void writePrivately(Path file, String content) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, content + System.lineSeparator());
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
