package io.reportfiles.reconcile;

import io.reportfiles.config.ReconciliationSettings;
import io.reportfiles.config.ReconciliationSettings.UnknownObjects;
import io.reportfiles.reportfile.KnownObject;
import io.reportfiles.reportfile.KnownObjects;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.ReportFileState;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.storage.ListedObject;
import io.reportfiles.storage.ListedUpload;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoreRefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Goes through the bucket and asks of everything whether a row wants it. The row of an object is committed before the
 * object's first byte is sent and never deleted, so a row that is not found after its object was listed does not exist.
 */
@ApplicationScoped
class BucketCheck {

    /** So many unknown objects are no sign of a wrong database, however few objects are known. */
    private static final int ALWAYS_PLAUSIBLE = 10;

    private ObjectInventory inventory;
    private KnownObjects rows;
    private Remover remover;
    private FileKeys keys;
    private ReconciliationSettings settings;

    /** For the client proxy. */
    protected BucketCheck() {}

    @Inject
    BucketCheck(
            ObjectInventory inventory,
            KnownObjects rows,
            Remover remover,
            ObjectKeys keys,
            ReconciliationSettings settings) {
        this.inventory = inventory;
        this.rows = rows;
        this.remover = remover;
        this.keys = new FileKeys(keys);
        this.settings = settings;
    }

    /** What has to be known of all objects before it is decided about those without a row. */
    private static final class Tally {
        private final List<ListedObject> unknown = new ArrayList<>();
        private long unknownCount;
        private long knownCount;
    }

    /**
     * Checks the unfinished uploads.
     *
     * @param progress is called after each step
     */
    void checkUploads(Run run, Consumer<Run> progress) throws ObjectStoreException {
        inventory.uploads(keys.prefix(), page -> {
            Map<String, KnownObject> known =
                    rows.find(rowKeys(page.stream().map(ListedUpload::key).toList()));
            for (ListedUpload upload : page) {
                Optional<String> rowKey = keys.rowKey(upload.key());
                if (rowKey.isPresent()) {
                    check(run, upload, Optional.ofNullable(known.get(rowKey.get())));
                    progress.accept(run);
                }
            }
            run.sawUploads(page.size());
            progress.accept(run);
        });
    }

    private void check(Run run, ListedUpload upload, Optional<KnownObject> row) throws ObjectStoreException {
        if (row.filter(BucketCheck::mayStillChange).isPresent() || !run.isOld(upload.since())) {
            return;
        }
        String why = "begun at %s, and %s".formatted(upload.since(), describe(row));
        run.found(new Finding(
                FindingKind.UNFINISHED_UPLOAD,
                upload.key(),
                row.map(KnownObject::id),
                why,
                remover.abort(run, upload, why)));
    }

    /**
     * Checks the objects, all their versions and the marks of deletions.
     *
     * @param progress is called after each step
     */
    void checkObjects(Run run, Consumer<Run> progress) throws ObjectStoreException {
        Tally tally = new Tally();
        inventory.objects(keys.prefix(), page -> {
            Map<String, KnownObject> known =
                    rows.find(rowKeys(page.stream().map(ListedObject::key).toList()));
            int foreign = 0;
            for (ListedObject object : page) {
                Optional<String> rowKey = keys.rowKey(object.key());
                if (rowKey.isEmpty()) {
                    foreign += keys.isForeign(object.key()) ? 1 : 0;
                } else if (known.containsKey(rowKey.get())) {
                    tally.knownCount++;
                    check(run, object, known.get(rowKey.get()));
                    progress.accept(run);
                } else if (run.isOld(object.since())) {
                    tally.unknownCount++;
                    if (tally.unknown.size() < Run.KEPT_FINDINGS) {
                        tally.unknown.add(object);
                    }
                }
            }
            run.sawObjects(page.size(), foreign);
            progress.accept(run);
        });
        settle(run, tally, progress);
    }

    private void check(Run run, ListedObject object, KnownObject row) throws ObjectStoreException {
        if (mayStillChange(row) || !run.isOld(object.since())) {
            return;
        }
        if (row.state() == ReportFileState.FAILED) {
            String why = "stored at %s by a submission that failed".formatted(object.since());
            found(run, FindingKind.LEFTOVER_OBJECT, object, row.id(), why, remover.remove(run, object, why));
            return;
        }
        ObjectVersion wanted = row.stored()
                .map(StoredFile::object)
                .orElseThrow(() -> new IllegalStateException(row.id() + " has none"));
        if (object.isPinnedBy(wanted)
                || !wanted.bucket().equals(inventory.bucket())) { // a row may refer to another bucket
            return;
        }
        String why = "%s %s of %s, the row refers to %s"
                .formatted(
                        object.deletion() ? "deletion mark" : "version",
                        object.versionId().orElse("(none)"),
                        object.since(),
                        wanted.versionId().orElse("(none)"));
        // Before anything beside it goes, what is wanted has to be there: it may have been copied. And without versions
        // it can't be told from another object of its own key.
        boolean apart = wanted.versionId().isPresent()
                || !object.key().equals(wanted.key().value());
        FindingAction action = apart && exists(wanted) ? remover.remove(run, object, why) : FindingAction.REPORTED;
        found(run, FindingKind.UNREFERENCED_VERSION, object, row.id(), why, action);
    }

    /** Decides about objects without a row, now that it is known how many there are. */
    private void settle(Run run, Tally tally, Consumer<Run> progress) throws ObjectStoreException {
        boolean plausible = tally.unknownCount <= settings.removalLimit()
                && tally.unknownCount <= Math.max(ALWAYS_PLAUSIBLE, tally.knownCount);
        boolean wanted = run.mode().unknownObjects() == UnknownObjects.REMOVE;
        for (ListedObject object : tally.unknown) {
            String why = "%s of %s, no row names it"
                    .formatted(object.deletion() ? "deletion mark" : "object", object.since());
            FindingAction action = FindingAction.REPORTED;
            if (wanted) {
                action = plausible ? remover.remove(run, object, why) : FindingAction.WITHHELD;
            }
            run.found(new Finding(FindingKind.UNKNOWN_OBJECT, object.key(), Optional.empty(), why, action));
            progress.accept(run);
        }
    }

    private boolean exists(ObjectVersion version) throws ObjectStoreException {
        try {
            inventory.look(version);
            return true;
        } catch (ObjectMissingException | StoreRefusedException unknown) {
            return false;
        }
    }

    /** Whether somebody may be at it, or is known to have to clean it up. */
    private static boolean mayStillChange(KnownObject row) {
        return row.state() == ReportFileState.RECEIVING || row.cleanupOwed();
    }

    private static String describe(Optional<KnownObject> row) {
        return row.map(known -> "its file is " + known.state()).orElse("no row names it");
    }

    private Collection<String> rowKeys(List<String> listed) {
        Set<String> found = new HashSet<>();
        listed.forEach(key -> keys.rowKey(key).ifPresent(found::add));
        return found;
    }

    private static void found(
            Run run, FindingKind kind, ListedObject object, ReportFileId file, String why, FindingAction action) {
        run.found(new Finding(kind, object.key(), Optional.of(file), why, action));
    }
}
