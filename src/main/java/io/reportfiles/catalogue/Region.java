package io.reportfiles.catalogue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A group of organisations. */
@Entity
@Table(name = "region")
class Region {

    @Id
    @Column(name = "code")
    private String code;

    @Column(name = "name")
    private String name;

    @Version
    @Column(name = "row_version")
    private int rowVersion;

    protected Region() {}

    Region(RegionDetails details) {
        code = details.code();
        rename(details.name());
    }

    final void rename(String newName) {
        name = newName;
    }

    RegionDetails details() {
        return new RegionDetails(code, name);
    }
}
