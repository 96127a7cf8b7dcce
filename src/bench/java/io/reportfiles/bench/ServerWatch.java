package io.reportfiles.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at the server's process each second: memory, threads, connections to S3, processor time. Linux only; else empty. */
final class ServerWatch implements AutoCloseable {

    private static final Pattern STATUS = Pattern.compile("(?m)^(VmRSS|Threads):\\s+(\\d+)");
    private static final Pattern HEAP = Pattern.compile("total \\d+K, used (\\d+)K");

    private final long pid;
    private final String s3Port;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private ScheduledFuture<?> looking;

    private long residentKilobytes;
    private long threads;
    private long connections;
    private double processorSeconds;
    private long since;

    ServerWatch(long pid, int s3Port) {
        this.pid = pid;
        this.s3Port = String.format(Locale.ROOT, ":%04X", s3Port);
    }

    void begin() {
        since = System.nanoTime();
        processorSeconds = processorSeconds();
        looking = clock.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    /** What was seen since the beginning: the most of each. */
    String end() {
        looking.cancel(false);
        double elapsed = (System.nanoTime() - since) / 1e9;
        double processors = (processorSeconds() - processorSeconds) / elapsed;
        look();
        return "  server         %d MiB resident, %s MiB heap after a collection, %d threads, %d connections to S3, %.2f processors"
                .formatted(residentKilobytes >> 10, liveHeap(), threads, connections, processors);
    }

    private synchronized void look() {
        Matcher status = STATUS.matcher(read("status"));
        while (status.find()) {
            long value = Long.parseLong(status.group(2));
            if (status.group(1).equals("Threads")) {
                threads = Math.max(threads, value);
            } else {
                residentKilobytes = Math.max(residentKilobytes, value);
            }
        }
        connections = Math.max(connections, connectionsToS3());
    }

    /** Established ones, by the remote address in the kernel's tables. */
    private long connectionsToS3() {
        return Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> read(table).lines())
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[2].endsWith(s3Port) && columns[3].equals("01"))
                .count();
    }

    /** In user and in system mode, fields 14 and 15, in hundredths of a second. */
    private double processorSeconds() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length < 13 ? 0 : (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    private String liveHeap() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        say(jcmd, Long.toString(pid), "GC.run");
        Matcher heap = HEAP.matcher(say(jcmd, Long.toString(pid), "GC.heap_info"));
        return heap.find() ? Long.toString(Long.parseLong(heap.group(1)) >> 10) : "?";
    }

    private static String say(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
