package io.reportfiles.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The readers' side of {@link SlowReadersBenchmark}, in a process of its own, and where it can in another network. */
public final class SlowReaders {

    private static final int IDLE_SECONDS = 10;
    private static final int ARRIVING_PER_SECOND = 150;

    private SlowReaders() {}

    /**
     * Reads, and prints what it saw. The lines {@code begin} and {@code end} say when the readers are being looked at.
     *
     * @param arguments host and port of the server; path of the large and of the small file; value of
     *     {@code Authorization}, with an underscore for the space; number of readers; bytes a second for each, 0 for none; seconds to look at them
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream console = System.out;
        InetSocketAddress server = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        String large = request(arguments[2], arguments);
        int count = Integer.parseInt(arguments[5]);
        int rate = Integer.parseInt(arguments[6]);
        int seconds = Integer.parseInt(arguments[7]);
        HealthyReader healthy = new HealthyReader(server, request(arguments[3], arguments));
        healthy.fetch(IDLE_SECONDS); // warms up
        HealthyReader.Times idle = healthy.fetch(IDLE_SECONDS);
        console.println("  4 KiB, idle    " + idle);
        Crowd crowd = new Crowd();
        crowd.arrive(server, large, count, ARRIVING_PER_SECOND, rate);
        // What sockets and queues hold at the beginning is no merit of the server: let it be used up.
        crowd.goOn(rate == 0 ? 5 : 30, rate, false);
        console.println("begin");
        CompletableFuture<HealthyReader.Times> beside = CompletableFuture.supplyAsync(() -> fetch(healthy, seconds));
        crowd.goOn(seconds, rate, true);
        console.println("end");
        console.println("  answered       " + crowd.answers());
        if (rate > 0) {
            console.printf(
                    "  at their rate  %d of %d (at least 95 %% of %d bytes a second for %d s; the least got %d)%n",
                    crowd.served(seconds, rate), count, rate, seconds, crowd.least() / seconds);
        }
        console.println("  cut off        " + crowd.ended());
        try {
            HealthyReader.Times times = beside.get();
            console.printf(
                    "  4 KiB, beside  %s: p99 is %.1f times that of the idle server%n",
                    times, (double) times.percentile(0.99) / idle.percentile(0.99));
        } catch (ExecutionException e) {
            console.println("  4 KiB, beside  failed: " + e.getCause());
        }
        crowd.leave();
    }

    private static HealthyReader.Times fetch(HealthyReader healthy, int seconds) {
        try {
            return healthy.fetch(seconds);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String request(String path, String[] arguments) {
        return "GET %s HTTP/1.1\r\nHost: %s:%s\r\nAuthorization: %s\r\n\r\n"
                .formatted(path, arguments[0], arguments[1], arguments[4].replaceFirst("_", " "));
    }
}
