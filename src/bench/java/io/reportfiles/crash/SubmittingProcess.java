package io.reportfiles.crash;

import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.config.TestSettings;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.storage.s3.OpenStore;
import io.reportfiles.submission.DirectSubmissions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/**
 * The part of the application that submits, without the server, which takes longer to start than all of this to be
 * killed. Says {@value #READY} when it begins, and of each file that it would acknowledge id and digest.
 */
public final class SubmittingProcess {

    static final String READY = "READY";
    static final String ACKNOWLEDGED = "ACK";

    private SubmittingProcess() {}

    /**
     * Submits until it is killed.
     *
     * @param arguments JDBC address, user, endpoint of S3, number of threads, a seed
     */
    public static void main(String[] arguments) {
        Surroundings surroundings = new Surroundings(arguments[0], arguments[1], URI.create(arguments[2]));
        SubmissionSettings settings = TestSettings.submissions(surroundings.settings());
        TestDatabase database = TestDatabase.at(surroundings.jdbcUrl(), surroundings.user());
        OpenStore store = new OpenStore(surroundings.settings());
        DirectSubmissions submissions = new DirectSubmissions(
                database.entities(),
                database.transactions(),
                store.store(),
                settings,
                Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS)));
        every(settings.lease().dividedBy(4), submissions::renewLeases);
        every(settings.cleanupInterval(), submissions::cleanUp);
        say(READY);
        for (int thread = 0; thread < Integer.parseInt(arguments[3]); thread++) {
            Random random = new Random(Long.parseLong(arguments[4]) + thread);
            new Thread(() -> submitForEver(submissions, random)).start();
        }
    }

    private static void submitForEver(DirectSubmissions submissions, Random random) {
        while (true) {
            try {
                ReportFileDetails file = submissions.submit(
                        Surroundings.SUBMITTER,
                        Surroundings.ORGANISATION,
                        Surroundings.SECTION,
                        new ByteArrayInputStream(Surroundings.file(random)));
                say("%s %s %s"
                        .formatted(ACKNOWLEDGED, file.id(), file.requireStored().sha256()));
            } catch (IOException | RuntimeException e) {
                say("failed: " + e);
            }
        }
    }

    private static void every(Duration interval, Runnable chore) {
        Thread thread = new Thread(() -> {
            while (true) {
                try {
                    Thread.sleep(interval.toMillis());
                    chore.run();
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    say("failed: " + e);
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** One line, whole or not at all: a pipe takes so little in one piece. */
    private static void say(String line) {
        PrintStream console = System.out;
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (console) {
            console.write(bytes, 0, bytes.length);
            console.flush();
        }
    }
}
