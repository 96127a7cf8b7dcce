package io.reportfiles.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process and its children have used, from Linux's {@code /proc}. */
final class ProcessUse {

    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every architecture that matters
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private ProcessUse() {}

    /** Processor time in seconds. */
    static double cpuSeconds(ProcessHandle process) {
        return all(process)
                .map(ProcessUse::directory)
                .mapToDouble(ProcessUse::ownCpuSeconds)
                .sum();
    }

    /** Largest resident size in MiB. */
    static double peakResidentMebibytes(ProcessHandle process) {
        return all(process)
                .map(ProcessUse::directory)
                .mapToDouble(ProcessUse::ownPeak)
                .sum();
    }

    /** Processor time in seconds of the threads that a JVM compiles with; 0 for what is none. */
    static double compilerSeconds(ProcessHandle process) {
        try (Stream<Path> threads = Files.list(directory(process).resolve("task"))) {
            return threads.filter(ProcessUse::compiles)
                    .mapToDouble(ProcessUse::ownCpuSeconds)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean compiles(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).contains("Compiler");
        } catch (IOException ended) { // as other threads do at any time
            return false;
        }
    }

    private static Stream<ProcessHandle> all(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static Path directory(ProcessHandle process) {
        return Path.of("/proc", Long.toString(process.pid()));
    }

    /** Of a process or a thread. */
    private static double ownCpuSeconds(Path directory) {
        String stat = read(directory, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // the name before may hold blanks
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND; // utime, stime
    }

    private static double ownPeak(Path directory) {
        Matcher peak = PEAK.matcher(read(directory, "status"));
        return peak.find() ? Long.parseLong(peak.group(1)) / 1024.0 : 0;
    }

    private static String read(Path directory, String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
