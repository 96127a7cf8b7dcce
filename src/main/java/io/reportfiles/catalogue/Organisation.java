package io.reportfiles.catalogue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;

/** Who report files belong to. Its region is kept as a code: access is decided on codes, and no join is needed for it. */
@Entity
@Table(name = "organisation")
class Organisation {

    @Id
    @Column(name = "code")
    private String code;

    @Column(name = "name")
    private String name;

    @Column(name = "type")
    private String type;

    @Column(name = "region_code")
    private String regionCode; // null: belongs to none

    @Version
    @Column(name = "row_version")
    private int rowVersion;

    protected Organisation() {}

    Organisation(OrganisationDetails details) {
        code = details.code();
        change(details);
    }

    /** Takes everything over except the code, under which files are stored. */
    final void change(OrganisationDetails details) {
        name = details.name();
        type = details.type();
        regionCode = details.region().orElse(null);
    }

    OrganisationDetails details() {
        return new OrganisationDetails(code, name, type, Optional.ofNullable(regionCode));
    }
}
