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
    private Set<String> extensions = new HashSet<>(); // or patterns: one of the two is empty

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "section_pattern", joinColumns = @JoinColumn(name = "section_code"))
    @Column(name = "pattern")
    private Set<String> patterns = new HashSet<>();

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
        replace(extensions, details.names() instanceof SectionNames.Extensions some ? some.extensions() : Set.of());
        replace(patterns, details.names() instanceof SectionNames.Patterns some ? some.patterns() : Set.of());
        replace(checks, details.checks());
    }

    private static void replace(Set<String> stored, Set<String> wanted) {
        stored.retainAll(wanted);
        stored.addAll(wanted);
    }

    SectionDetails details() {
        SectionNames names =
                patterns.isEmpty() ? new SectionNames.Extensions(extensions) : new SectionNames.Patterns(patterns);
        return new SectionDetails(code, title, names, maxBytes, checks);
    }
}
