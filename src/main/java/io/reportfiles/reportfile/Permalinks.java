package io.reportfiles.reportfile;

import io.reportfiles.catalogue.Catalogue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Finds out which link is meant by one that was altered on its way. Knows no files; any number of threads may call. */
@ApplicationScoped
public class Permalinks {

    private Catalogue catalogue;

    /** For the client proxy. */
    protected Permalinks() {}

    /** Takes what knows the codes there are. */
    @Inject
    public Permalinks(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The link with the codes that there are, where they differ from its own in case alone. */
    public Permalink meant(Permalink typed) {
        return new Permalink(
                catalogue.organisationCode(typed.organisation()),
                typed.period(),
                catalogue.sectionCode(typed.section()),
                typed.version());
    }
}
