package io.reportfiles.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;

/** What is done with each contender in turn, and what is noted of it. */
enum Scenario {
    ONE("one large file") {
        @Override
        void run(LoadGenerator load, Contender contender, Results results, boolean warmUp) throws IOException {
            double cpu = contender.cpuSeconds();
            var done = load.each(contender.files().get(File.LARGE), contender.authorization(), 1);
            results.note(Measure.ONE, contender, done.bytesPerSecond());
            results.note(Measure.CPU_PER_GIB, contender, (contender.cpuSeconds() - cpu) * (1 << 30) / done.bytes());
        }
    },
    EIGHT("8 streams at once") {
        @Override
        void run(LoadGenerator load, Contender contender, Results results, boolean warmUp) throws IOException {
            var done = load.each(contender.files().get(File.QUARTER), contender.authorization(), 8);
            results.note(Measure.EIGHT, contender, done.bytesPerSecond());
        }
    },
    MEDIUM("1 MiB files on 32 connections") {
        @Override
        void run(LoadGenerator load, Contender contender, Results results, boolean warmUp) throws IOException {
            var done = load.loop(contender.files().get(File.MEDIUM), contender.authorization(), 32, LOOP_MILLIS);
            results.note(Measure.MEDIUM, contender, done.bytesPerSecond());
        }
    },
    SMALL("4 KiB files on 32 connections") {
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
    FIRST_BYTE("first byte of the large file") {
        @Override
        void run(LoadGenerator load, Contender contender, Results results, boolean warmUp) throws IOException {
            long nanos = load.firstByte(contender.files().get(File.LARGE), contender.authorization(), 21);
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

    private final String title;

    Scenario(String title) {
        this.title = title;
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
