package io.reportfiles.bench;

import java.io.IOException;
import java.util.Locale;

/** What is done with each contender in turn, and what is noted of it. */
enum Scenario {
    ONE("one large file", File.LARGE, 6) {
        @Override
        void run(LoadGenerator load, Contender contender, Results results) throws IOException {
            double cpu = contender.cpuSeconds();
            var done = load.each(contender.files().get(File.LARGE), contender.authorization(), 1);
            results.note(Measure.ONE, contender, done.bytesPerSecond());
            results.note(Measure.CPU_PER_GIB, contender, (contender.cpuSeconds() - cpu) * (1 << 30) / done.bytes());
        }
    },
    EIGHT("8 streams at once", File.QUARTER, 2) {
        @Override
        void run(LoadGenerator load, Contender contender, Results results) throws IOException {
            var done = load.each(contender.files().get(File.QUARTER), contender.authorization(), 8);
            results.note(Measure.EIGHT, contender, done.bytesPerSecond());
        }
    },
    MEDIUM("1 MiB files on 32 connections", File.MEDIUM, 2) {
        @Override
        void run(LoadGenerator load, Contender contender, Results results) throws IOException {
            var done = load.loop(contender.files().get(File.MEDIUM), contender.authorization(), 32, LOOP_MILLIS);
            results.note(Measure.MEDIUM, contender, done.bytesPerSecond());
        }
    },
    SMALL("4 KiB files on 32 connections", File.SMALL, 10) {
        @Override
        void run(LoadGenerator load, Contender contender, Results results) throws IOException {
            double cpu = contender.cpuSeconds();
            var done = load.loop(contender.files().get(File.SMALL), contender.authorization(), 32, LOOP_MILLIS);
            results.note(Measure.SMALL, contender, done.requestsPerSecond());
            results.note(Measure.CPU_PER_REQUEST, contender, (contender.cpuSeconds() - cpu) * 1e6 / done.requests());
        }
    },
    FIRST_BYTE("first byte of the large file", File.LARGE, 50) {
        @Override
        void run(LoadGenerator load, Contender contender, Results results) throws IOException {
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

    /** Part of a process's time; what is left to be compiled then is seldom used. */
    private static final double COMPILERS_AT_REST = 0.02;

    private static final int MOST_WARM_UPS = 60;

    private final String title;
    private final File file;
    private final int leastWarmUps;

    Scenario(String title, File file, int leastWarmUps) {
        this.title = title;
        this.file = file;
        this.leastWarmUps = leastWarmUps;
    }

    /** Whether the contender has what it takes. */
    boolean suits(Contender contender) {
        return contender.files().containsKey(file);
    }

    /** Measures once. */
    abstract void run(LoadGenerator load, Contender contender, Results results) throws IOException;

    /** What is waited for between two measurements. */
    interface Rest {
        void await() throws InterruptedException;
    }

    /**
     * Measures, to forget it, until the compilers of the contender's JVM have next to nothing left to do. They get their
     * share of the processors in the rests: under load they come late to it. What is seldom called is compiled late, so
     * there is a least number of times. What is no JVM is measured once.
     */
    void warmUp(LoadGenerator load, Contender contender, Results results, Rest rest)
            throws IOException, InterruptedException {
        double part = 1;
        int times = 0;
        int least = contender.compilerSeconds() > 0 ? leastWarmUps : 1;
        while (times < least || (part > COMPILERS_AT_REST && times < MOST_WARM_UPS)) {
            rest.await();
            double cpu = contender.cpuSeconds();
            double compilers = contender.compilerSeconds();
            run(load, contender, results);
            part = (contender.compilerSeconds() - compilers) / Math.max(0.01, contender.cpuSeconds() - cpu);
            times++;
        }
        System.out.printf(
                "%s, %s: warmed up %d times, compilers take %.1f %%%n", title, contender.name(), times, 100 * part);
    }

    /** As it is named in the arguments of {@link Benchmark}. */
    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
