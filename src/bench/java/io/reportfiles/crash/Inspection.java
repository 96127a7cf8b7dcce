package io.reportfiles.crash;

import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.s3.OpenStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What bucket and database have, looked at from outside, without the code that is to be judged.
 *
 * @param published all files that are visible, by id
 * @param orphans object versions and deletion marks that no visible file refers to
 * @param missing visible files whose object version the bucket does not list
 * @param uploads unfinished uploads
 * @param receiving rows in state RECEIVING
 */
public record Inspection(Map<String, Published> published, int orphans, int missing, int uploads, int receiving) {

    /** A visible file: where its bytes are, how many, and their SHA-256. */
    public record Published(ObjectVersion object, long size, String sha256) {}

    /** Looks. */
    public static Inspection of(TestDatabase database, OpenStore store) throws SQLException, ObjectStoreException {
        Map<String, Published> published = new HashMap<>();
        Map<String, ObjectVersion> wanted = new HashMap<>();
        int receiving = 0;
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select cast(id as varchar), state, sha256, object_key, object_version_id, object_etag, bucket,"
                                + " size_bytes from report_file")) {
            while (rows.next()) {
                switch (rows.getString(2)) {
                    case "AVAILABLE" -> {
                        ObjectVersion object = new ObjectVersion(
                                rows.getString(7),
                                new ObjectKey(rows.getString(4)),
                                Optional.ofNullable(rows.getString(5)),
                                rows.getString(6));
                        published.put(rows.getString(1), new Published(object, rows.getLong(8), rows.getString(3)));
                        wanted.put(object.key().value(), object);
                    }
                    case "RECEIVING" -> receiving++;
                    default -> {}
                }
            }
        }
        AtomicInteger orphans = new AtomicInteger();
        store.inventory()
                .objects(
                        "",
                        page -> page.forEach(object -> {
                            ObjectVersion pin = wanted.get(object.key());
                            if (pin != null && object.isPinnedBy(pin)) {
                                wanted.remove(object.key());
                            } else {
                                orphans.incrementAndGet();
                            }
                        }));
        AtomicInteger uploads = new AtomicInteger();
        store.inventory().uploads("", page -> uploads.addAndGet(page.size()));
        return new Inspection(published, orphans.get(), wanted.size(), uploads.get(), receiving);
    }

    /** Whether they agree, and nothing is under way. */
    public boolean isClean() {
        return orphans == 0 && missing == 0 && uploads == 0 && receiving == 0;
    }
}
