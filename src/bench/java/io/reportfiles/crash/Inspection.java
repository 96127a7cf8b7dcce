package io.reportfiles.crash;

import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.s3.OpenStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What bucket and database have, looked at from outside, without the code that is to be judged.
 *
 * @param published SHA-256 by id of all files that are visible
 * @param orphans object versions and deletion marks that no visible file refers to
 * @param missing visible files whose object version the bucket does not list
 * @param uploads unfinished uploads
 * @param receiving rows in state RECEIVING
 */
public record Inspection(Map<String, String> published, int orphans, int missing, int uploads, int receiving) {

    /** Looks. */
    public static Inspection of(TestDatabase database, OpenStore store) throws SQLException, ObjectStoreException {
        Map<String, String> published = new HashMap<>();
        Set<String> wanted = new HashSet<>();
        int receiving = 0;
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select cast(id as varchar), state, sha256, object_key, object_version_id from report_file")) {
            while (rows.next()) {
                switch (rows.getString(2)) {
                    case "AVAILABLE" -> {
                        published.put(rows.getString(1), rows.getString(3));
                        wanted.add(rows.getString(4) + " " + rows.getString(5));
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
                            if (!wanted.remove(
                                    object.key() + " " + object.versionId().orElse("null"))) {
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
