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
        return all(process).mapToDouble(ProcessUse::ownCpuSeconds).sum();
    }

    /** Largest resident size in MiB. */
    static double peakResidentMebibytes(ProcessHandle process) {
        return all(process).mapToDouble(ProcessUse::ownPeak).sum();
    }

    private static Stream<ProcessHandle> all(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static double ownCpuSeconds(ProcessHandle process) {
        String stat = read(process, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // the name before may hold blanks
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND; // utime, stime
    }

    private static double ownPeak(ProcessHandle process) {
        Matcher peak = PEAK.matcher(read(process, "status"));
        return peak.find() ? Long.parseLong(peak.group(1)) / 1024.0 : 0;
    }

    private static String read(ProcessHandle process, String name) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
