package io.reportfiles.crash;

import io.reportfiles.dev.Attached;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts {@link SubmittingProcess} and kills it at random instants, several side by side. */
final class ProcessKills {

    private static final int THREADS = 4;
    private static final int LAST_MILLIS = 500;
    private static final int MOST_FILES = 12;

    private final Surroundings surroundings;
    private final Map<String, String> acknowledged;
    private final AtomicInteger left;

    ProcessKills(Surroundings surroundings, int kills, Map<String, String> acknowledged) {
        this.surroundings = surroundings;
        this.acknowledged = acknowledged;
        this.left = new AtomicInteger(kills);
    }

    /**
     * Kills as often as was wanted; several threads may help.
     *
     * @return how often this one did
     */
    int run() {
        int done = 0;
        Random random = new Random();
        while (left.getAndDecrement() > 0) {
            try {
                killOne(random);
                done++;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return done;
            }
        }
        return done;
    }

    private void killOne(Random random) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(random.nextLong()))
                .redirectErrorStream(true)
                .start();
        boolean began = false;
        List<String> said = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int until = random.nextInt(MOST_FILES); // files and not seconds, for a busy machine is slow
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!began) {
                    said.add(line);
                    began = line.equals(SubmittingProcess.READY);
                } else if (isAcknowledgement(line)) {
                    until--;
                }
                if (began && until == 0) {
                    until = -1;
                    killLater(process, random.nextInt(LAST_MILLIS));
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        if (!began) { // nothing was tried, and that must not look like a promise that was kept
            throw new IOException("The submitting process did not begin: " + String.join("; ", said));
        }
    }

    private boolean isAcknowledgement(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[0].equals(SubmittingProcess.ACKNOWLEDGED) && words[2].length() == 64) {
            acknowledged.put(words[1], words[2]);
            return true;
        }
        return false;
    }

    /** By SIGKILL, which nobody hears coming. */
    private static void killLater(Process process, int millis) {
        Thread killer = new Thread(() -> {
            try {
                if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                    process.toHandle().destroyForcibly(); // Process's own closes the pipe and what was said in it
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        killer.setDaemon(true);
        killer.start();
    }

    private List<String> command(long seed) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote", // what matters here is how soon it can be killed
                "-cp",
                ClassPath.get(),
                Attached.class.getName(), // it ends with this process
                SubmittingProcess.class.getName(),
                surroundings.jdbcUrl(),
                surroundings.user(),
                surroundings.endpoint().toString(),
                Integer.toString(THREADS),
                Long.toString(seed));
    }
}
