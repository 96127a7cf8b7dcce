package io.reportfiles.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** Fetches a small file again and again over one connection, and notes how long each time took. */
final class HealthyReader {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final InetSocketAddress server;
    private final byte[] request;

    /** What was seen: times in microseconds, sorted. */
    static final class Times {

        private final long[] micros;

        private Times(long[] micros) {
            this.micros = micros;
        }

        long percentile(double share) {
            return micros[(int) Math.min(micros.length - 1L, Math.round(share * (micros.length - 1)))];
        }

        @Override
        public String toString() {
            return micros.length == 0
                    ? "none came"
                    : "%d times, p50 %.1f ms, p99 %.1f ms, longest %.1f ms"
                            .formatted(
                                    micros.length,
                                    percentile(0.5) / 1000.0,
                                    percentile(0.99) / 1000.0,
                                    percentile(1) / 1000.0);
        }
    }

    HealthyReader(InetSocketAddress server, String request) {
        this.server = server;
        this.request = request.getBytes(US_ASCII);
    }

    /** Fetches for some seconds, fifty times a second at the most. */
    Times fetch(int seconds) throws IOException, InterruptedException {
        long[] micros = new long[60 * seconds];
        int count = 0;
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(server, TIMEOUT_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (System.nanoTime() < end && count < micros.length) {
                long begin = System.nanoTime();
                socket.getOutputStream().write(request);
                in.readNBytes(lengthOf(in));
                micros[count++] = (System.nanoTime() - begin) / 1000;
                Thread.sleep(20);
            }
        }
        long[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return new Times(sorted);
    }

    /** Reads a head up to its end. */
    private static int lengthOf(InputStream in) throws IOException {
        int length = 0;
        String line = line(in);
        if (!line.startsWith("HTTP/1.1 200")) {
            throw new IOException("was answered " + line);
        }
        for (; !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server has closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
