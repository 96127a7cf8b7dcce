package io.reportfiles.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Looks many times a second at what directories hold, and remembers the most. Whoever starts it closes it. */
final class DiskWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 50;

    private final List<Path> directories;
    private final long before;
    private final AtomicLong most;
    private final Thread sampler = new Thread(this::sampleOnAndOn, "disk-watch");

    DiskWatch(List<Path> directories) {
        this.directories = directories;
        this.before = bytes();
        this.most = new AtomicLong(before);
        sampler.start();
    }

    /** By how many bytes the directories together have been larger than at the start, at most. */
    long growthBytes() {
        sample();
        return most.get() - before;
    }

    private void sampleOnAndOn() {
        try {
            while (true) {
                sample();
                Thread.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sample() {
        most.accumulateAndGet(bytes(), Math::max);
    }

    private long bytes() {
        return directories.stream().mapToLong(DiskWatch::bytes).sum();
    }

    /** Files come and go meanwhile; what cannot be looked at any more counts nothing. */
    private static long bytes(Path directory) {
        AtomicLong sum = new AtomicLong();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path left, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return sum.get();
        }
        return sum.get();
    }

    @Override
    public void close() {
        sampler.interrupt();
    }
}
