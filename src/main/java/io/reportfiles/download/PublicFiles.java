package io.reportfiles.download;

import io.reportfiles.download.engine.BodyReader;
import io.reportfiles.download.engine.Deliveries;
import io.reportfiles.download.engine.DeliveryLog;
import io.reportfiles.download.engine.DownloadSubject;
import io.reportfiles.download.engine.ReadAhead;
import io.reportfiles.download.http.Body;
import io.reportfiles.download.http.DownloadPlan;
import io.reportfiles.download.http.Representation;
import io.reportfiles.download.http.RequestHead;
import io.reportfiles.ledger.TransferOutcome;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ContentSource;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.web.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Hands out files of the application itself, with the preconditions, ranges and healing that report files have, but
 * without a caller, a limit or a row of the ledger. What can't come through the engine, since there is too much to do or
 * nothing to come from, is the application's own copy. Any number of threads may call.
 */
@ApplicationScoped
public class PublicFiles {

    private static final Logger LOG = System.getLogger(PublicFiles.class.getName());

    /** So that those who are not signed in can't use up the memory and the connections that downloads need. */
    private static final int AT_ONCE = 4;

    private Deliveries deliveries;
    private Clock clock;

    private final Semaphore turns = new Semaphore(AT_ONCE);

    /** For the client proxy. */
    protected PublicFiles() {}

    @Inject
    PublicFiles(Deliveries deliveries, Clock clock) {
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /** Answers with what the request wants of a file, whatever its method. */
    public void answer(HttpServletRequest request, HttpServletResponse response, PublicFile file) throws IOException {
        if (!Downloads.isRead(request, response)) {
            return;
        }
        Representation representation = file.representation();
        DownloadPlan plan = DownloadPlan.decide(RequestHead.of(request), representation, clock)
                .orRefusal(representation);
        if (plan.body().length() == 0 || file.source().isEmpty() || !delivered(request, response, plan, file)) {
            plan.writeHead(response);
            write(plan.body(), file.bytes(), response.getOutputStream());
        }
    }

    /** {@code false} if nothing was promised to the reader. */
    private boolean delivered(
            HttpServletRequest request, HttpServletResponse response, DownloadPlan plan, PublicFile file)
            throws IOException {
        if (!turns.tryAcquire()) {
            return false;
        }
        ContentSource source = file.source().orElseThrow();
        BodyReader reader = new BodyReader(plan.body(), List.of(source), any -> ReadAhead.off());
        Turn turn = new Turn(new DownloadSubject(source.toString(), Optional.empty(), Set.of()), file.sourceFailed());
        try {
            deliveries.deliver(request, response, plan, reader, turn, Duration.ZERO);
            return true;
        } catch (ProblemException | ObjectStoreException nothingSent) {
            LOG.log(Level.DEBUG, () -> "%s: %s".formatted(turn.name(), nothingSent.getMessage()));
            return false;
        }
    }

    private static void write(Body body, byte[] bytes, ServletOutputStream output) throws IOException {
        for (Body.Segment segment : body.segments()) {
            if (segment instanceof Body.Framing framing) {
                output.write(Body.bytes(framing));
            } else if (segment instanceof Body.Content content) {
                ByteRange range = content.range();
                output.write(bytes, (int) range.offset(), (int) range.length());
            }
        }
    }

    /** One of those that may be on their way at a time. */
    private final class Turn implements DeliveryLog {

        private final DownloadSubject name;
        private final Runnable sourceFailed;

        Turn(DownloadSubject name, Runnable sourceFailed) {
            this.name = name;
            this.sourceFailed = sourceFailed;
        }

        @Override
        public DownloadSubject name() {
            return name;
        }

        @Override
        public void ended(TransferOutcome outcome, long sentBytes, OptionalInt damaged) {
            turns.release();
            if (outcome == TransferOutcome.STORAGE_FAILED || outcome == TransferOutcome.INTEGRITY_FAILED) {
                sourceFailed.run();
            }
        }
    }
}
