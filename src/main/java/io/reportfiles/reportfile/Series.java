package io.reportfiles.reportfile;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;

/** The versions of one report. Its row is what everything locks that numbers, withdraws or restores a version. */
@Entity
@Table(name = "series")
class Series {

    @EmbeddedId
    private SeriesKey key;

    @Column(name = "last_version")
    private int lastVersion;

    @Column(name = "current_version")
    private Integer currentVersion; // null: no version is available

    @Version
    @Column(name = "row_version")
    private int rowVersion;

    protected Series() {}

    Series(SeriesKey key) {
        this.key = key;
    }

    /** Adds a version, which is the current one from now on. */
    int addVersion() {
        lastVersion++;
        currentVersion = lastVersion;
        return lastVersion;
    }

    /** Notes which version is the newest available one, after one was withdrawn or restored. */
    void makeCurrent(Optional<Integer> version) {
        currentVersion = version.orElse(null);
    }

    SeriesKey key() {
        return key;
    }
}
