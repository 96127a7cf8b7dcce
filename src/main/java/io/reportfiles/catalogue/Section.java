package io.reportfiles.catalogue;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;

/** A kind of report. */
@Entity
@Table(name = "section")
class Section {

    @Id
    @Column(name = "code")
    private String code;

    @Column(name = "title")
    private String title;

    @Column(name = "max_bytes")
    private long maxBytes;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "section_extension", joinColumns = @JoinColumn(name = "section_code"))
    @Column(name = "extension")
    private Set<String> extensions = new HashSet<>();

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "section_check", joinColumns = @JoinColumn(name = "section_code"))
    @Column(name = "name")
    private Set<String> checks = new HashSet<>();

    @Version
    @Column(name = "row_version")
    private int rowVersion;

    protected Section() {}

    Section(SectionDetails details) {
        code = details.code();
        change(details);
    }

    /** Takes everything over except the code, under which files are stored. */
    final void change(SectionDetails details) {
        title = details.title();
        maxBytes = details.maxBytes();
        extensions.retainAll(details.extensions());
        extensions.addAll(details.extensions());
        checks.retainAll(details.checks());
        checks.addAll(details.checks());
    }

    SectionDetails details() {
        return new SectionDetails(code, title, extensions, maxBytes, checks);
    }
}
