package io.reportfiles.reconcile;

import io.reportfiles.reportfile.ExpiredSubmission;
import io.reportfiles.reportfile.KnownObject;
import io.reportfiles.reportfile.KnownObjects;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.reportfile.Submissions;
import io.reportfiles.storage.ObjectFacts;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.StoreRefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Goes through the rows: brings dead submissions to their end, and looks whether each file has its object. */
@ApplicationScoped
class RowCheck {

    private static final int PAGE = 100;

    private Submissions submissions;
    private KnownObjects rows;
    private ObjectInventory inventory;
    private Remover remover;

    /** For the client proxy. */
    protected RowCheck() {}

    @Inject
    RowCheck(Submissions submissions, KnownObjects rows, ObjectInventory inventory, Remover remover) {
        this.submissions = submissions;
        this.rows = rows;
        this.inventory = inventory;
        this.remover = remover;
    }

    /**
     * Cleans up behind submissions whose lease ran out.
     *
     * @param progress is called after each step
     */
    void checkSubmissions(Run run, Consumer<Run> progress) throws ObjectStoreException {
        int left = 0; // these stay in front of the others
        List<ExpiredSubmission> page;
        do {
            page = submissions.abandoned(run.now(), left, PAGE);
            for (ExpiredSubmission submission : page) {
                left += cleanUp(run, submission) ? 0 : 1;
                progress.accept(run);
            }
        } while (page.size() == PAGE);
    }

    /** Cleans up behind one, unless it turns out to be alive; says whether it is in nobody's way any more. */
    private boolean cleanUp(Run run, ExpiredSubmission submission) throws ObjectStoreException {
        String why = "its lease ran out at " + submission.debt();
        Optional<FindingAction> action = remover.cleanUp(run, submission, "all traces of a submission: " + why);
        action.ifPresent(done -> run.found(new Finding(
                FindingKind.DEAD_SUBMISSION, submission.key().value(), Optional.of(submission.id()), why, done)));
        return action.filter(FindingAction.REMOVED::equals).isPresent();
    }

    /**
     * Looks at the object of every published file, without reading it.
     *
     * @param progress is called after each step
     */
    void checkFiles(Run run, Consumer<Run> progress) throws ObjectStoreException {
        List<KnownObject> page = rows.published(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            for (KnownObject file : page) {
                check(run, file);
                run.sawFile();
                progress.accept(run);
            }
            ReportFileId last = page.get(page.size() - 1).id();
            page = rows.published(Optional.of(last), PAGE);
        }
    }

    private void check(Run run, KnownObject file) throws ObjectStoreException {
        StoredFile stored = file.stored().orElseThrow(() -> new IllegalStateException(file.id() + " has no object"));
        try {
            List<String> differences = differences(stored, inventory.look(stored.object()));
            if (!differences.isEmpty()) {
                report(run, FindingKind.DIFFERENT_OBJECT, file, String.join(", ", differences));
            }
        } catch (ObjectMissingException e) {
            report(run, FindingKind.MISSING_OBJECT, file, e.getMessage());
        } catch (StoreRefusedException e) {
            report(run, FindingKind.UNREADABLE_OBJECT, file, e.getMessage());
        }
    }

    private static List<String> differences(StoredFile stored, ObjectFacts facts) {
        List<String> differences = new ArrayList<>();
        if (facts.size() != stored.size()) {
            differences.add("%d bytes instead of %d".formatted(facts.size(), stored.size()));
        }
        if (!facts.eTag().equals(stored.object().eTag())) {
            differences.add("entity tag %s instead of %s"
                    .formatted(facts.eTag(), stored.object().eTag()));
        }
        facts.crc32c()
                .filter(crc -> !crc.equals(stored.crc32c()))
                .ifPresent(crc -> differences.add("CRC32C %s instead of %s".formatted(crc, stored.crc32c())));
        return differences;
    }

    private static void report(Run run, FindingKind kind, KnownObject file, String detail) {
        run.found(new Finding(kind, file.key().value(), Optional.of(file.id()), detail, FindingAction.REPORTED));
    }
}
