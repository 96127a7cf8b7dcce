package io.reportfiles.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;

/** What is done with each contender in turn, and what is noted of it. */
enum Scenario {
    ONE("one large file", File.LARGE) {
        @Override
        void run(LoadGenerator load, Contender contender, Results results, boolean warmUp) throws IOException {
            for (int left = warmUp ? WARM_UP_TRANSFERS : 0; left > 0; left--) {
                load.each(contender.files().get(File.LARGE), contender.authorization(), 1);
            }
            double cpu = contender.cpuSeconds();
            var done = load.each(contender.files().get(File.LARGE), contender.authorization(), 1);
            results.note(Measure.ONE, contender, done.bytesPerSecond());
            results.note(Measure.CPU_PER_GIB, contender, (contender.cpuSeconds() - cpu) * (1 << 30) / done.bytes());
        }
    },
    EIGHT("8 streams at once", File.QUARTER) {
        @Override
        void run(LoadGenerator load, Contender contender, Results results, boolean warmUp) throws IOException {
            var done = load.each(contender.files().get(File.QUARTER), contender.authorization(), 8);
            results.note(Measure.EIGHT, contender, done.bytesPerSecond());
        }
    },
    MEDIUM("1 MiB files on 32 connections", File.MEDIUM) {
        @Override
        void run(LoadGenerator load, Contender contender, Results results, boolean warmUp) throws IOException {
            var done = load.loop(contender.files().get(File.MEDIUM), contender.authorization(), 32, LOOP_MILLIS);
            results.note(Measure.MEDIUM, contender, done.bytesPerSecond());
        }
    },
    SMALL("4 KiB files on 32 connections", File.SMALL) {
        @Override
        void run(LoadGenerator load, Contender contender, Results results, boolean warmUp) throws IOException {
            URI file = contender.files().get(File.SMALL);
            for (long left = warmUp ? WARM_UP_REQUESTS : 0; left > 0; ) {
                left -= load.loop(file, contender.authorization(), 32, LOOP_MILLIS)
                        .requests();
            }
            double cpu = contender.cpuSeconds();
            var done = load.loop(file, contender.authorization(), 32, LOOP_MILLIS);
            results.note(Measure.SMALL, contender, done.requestsPerSecond());
            results.note(Measure.CPU_PER_REQUEST, contender, (contender.cpuSeconds() - cpu) * 1e6 / done.requests());
        }
    },
    FIRST_BYTE("first byte of the large file", File.LARGE) {
        @Override
        void run(LoadGenerator load, Contender contender, Results results, boolean warmUp) throws IOException {
            int times = warmUp ? WARM_UP_FIRST_BYTES : 21;
            long nanos = load.firstByte(contender.files().get(File.LARGE), contender.authorization(), times);
            results.note(Measure.FIRST_BYTE, contender, nanos / 1e6);
        }
    };

    /** The files that are there to be read. */
    enum File {
        LARGE,
        QUARTER,
        MEDIUM,
        SMALL
    }

    private static final long LOOP_MILLIS = 4_000;

    /** Until two compilers have nothing left to do on two processors that others use as well, however long that takes. */
    private static final long WARM_UP_REQUESTS = 150_000;

    /** A large file is a few requests with many slices: what moves bytes is compiled soon, what begins a download is not. */
    private static final int WARM_UP_TRANSFERS = 6;

    private static final int WARM_UP_FIRST_BYTES = 101;

    private final String title;
    private final File file;

    Scenario(String title, File file) {
        this.title = title;
        this.file = file;
    }

    /** Whether the contender has what it takes. */
    boolean suits(Contender contender) {
        return contender.files().containsKey(file);
    }

    /**
     * Measures once.
     *
     * @param warmUp whether it will be forgotten
     */
    abstract void run(LoadGenerator load, Contender contender, Results results, boolean warmUp) throws IOException;

    String title() {
        return title;
    }

    /** As it is named in {@code -Dbench.scenarios}. */
    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
