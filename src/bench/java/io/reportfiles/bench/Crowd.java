package io.reportfiles.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * Many readers of one file in one thread, each with a connection of its own. A reader takes four times a second what its
 * rate allows, and not all of them at the same moment. What was not there in time can be made up for within a second only:
 * packets do not come in quarters of a second, and a reader of whatever server finds some too few now and then.
 */
final class Crowd {

    private static final int TURNS_PER_SECOND = 4;
    private static final int TICKS_PER_TURN = 25;
    private static final int TICKS_PER_SECOND = TURNS_PER_SECOND * TICKS_PER_TURN;

    private final List<Reader> readers = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(1 << 20);
    private final TreeMap<String, Integer> answers = new TreeMap<>();

    /** One of them. */
    private static final class Reader {

        private final SocketChannel channel;
        private boolean answered;
        private boolean ended;
        private int owed;
        private long inWindow;

        Reader(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /** Connects {@code count} readers over a time, who ask for the same file and begin to read at once. */
    void arrive(InetSocketAddress server, String request, int count, int perSecond, int bytesPerSecond)
            throws IOException, InterruptedException {
        byte[] head = request.getBytes(US_ASCII);
        long begin = System.nanoTime();
        for (int tick = 0; readers.size() < count; tick++) {
            long due = Math.min(count, (long) perSecond * (tick + 1) / TICKS_PER_SECOND);
            while (readers.size() < due) {
                SocketChannel channel = SocketChannel.open();
                channel.setOption(StandardSocketOptions.SO_RCVBUF, 32 << 10);
                channel.connect(server);
                channel.write(ByteBuffer.wrap(head));
                channel.configureBlocking(false);
                readers.add(new Reader(channel));
            }
            readSome(tick, bytesPerSecond, false);
            sleepUntil(begin, tick + 1);
        }
    }

    /** Reads on for some seconds at {@code bytesPerSecond} each, or not at all when that is 0. */
    void goOn(int seconds, int bytesPerSecond, boolean counted) throws InterruptedException {
        long begin = System.nanoTime();
        for (int tick = 0; tick < seconds * TICKS_PER_SECOND; tick++) {
            readSome(tick, bytesPerSecond, counted);
            sleepUntil(begin, tick + 1);
        }
    }

    private static void sleepUntil(long begin, int ticks) throws InterruptedException {
        long due = begin + ticks * (1_000_000_000L / TICKS_PER_SECOND);
        long left = due - System.nanoTime();
        if (left > 0) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    /** Reads for those whose turn it is. */
    private void readSome(int tick, int bytesPerSecond, boolean counted) {
        for (int i = tick % TICKS_PER_TURN; i < readers.size(); i += TICKS_PER_TURN) {
            Reader reader = readers.get(i);
            reader.owed = reader.answered
                    ? Math.min(bytesPerSecond, reader.owed + bytesPerSecond / TURNS_PER_SECOND)
                    : 1024; // the head is not waited with
            if (!reader.ended && reader.owed > 0) {
                read(reader, counted);
            }
        }
    }

    private void read(Reader reader, boolean counted) {
        scratch.clear().limit(reader.owed);
        try {
            int count = reader.channel.read(scratch);
            if (count < 0) {
                reader.ended = true;
            } else if (count > 0) {
                if (!reader.answered) {
                    reader.answered = true;
                    answers.merge(status(), 1, Integer::sum);
                }
                reader.owed -= count;
                reader.inWindow += counted ? count : 0;
            }
        } catch (IOException e) {
            reader.ended = true;
        }
    }

    private String status() {
        byte[] line = new byte[Math.min(12, scratch.position())];
        scratch.get(0, line);
        return new String(line, US_ASCII).substring(Math.min(line.length, 9));
    }

    /** What they were answered, and how many not yet. */
    String answers() {
        long none = readers.stream().filter(reader -> !reader.answered).count();
        return answers + (none > 0 ? ", none yet: " + none : "");
    }

    /** How many got at least 95 % of what they would have taken in {@code seconds}. */
    long served(int seconds, int bytesPerSecond) {
        long wanted = (long) (0.95 * seconds * bytesPerSecond);
        return readers.stream().filter(reader -> reader.inWindow >= wanted).count();
    }

    /** What the one who got least got in the window. */
    long least() {
        return readers.isEmpty()
                ? 0
                : Collections.min(
                        readers.stream().map(reader -> reader.inWindow).toList());
    }

    /** Whose connections have ended. */
    long ended() {
        return readers.stream().filter(reader -> reader.ended).count();
    }

    void leave() throws IOException {
        for (Reader reader : readers) {
            reader.channel.close();
        }
    }
}
