package io.reportfiles.catalogue;

import io.reportfiles.access.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** Reads organisations and sections. Each call is one short query of its own; any number of threads may call. */
@ApplicationScoped
public class Catalogue {

    private EntityManager entities;

    /** For the client proxy. */
    protected Catalogue() {}

    @Inject
    public Catalogue(EntityManager entities) {
        this.entities = entities;
    }

    /** The organisation with exactly this code. */
    public Optional<OrganisationDetails> findOrganisation(String code) {
        return Optional.ofNullable(entities.find(Organisation.class, code)).map(Organisation::details);
    }

    /**
     * The scope of a code that a client named: with the stored region where the organisation exists, without one where
     * it does not, so that access can be decided before it is said whether it does.
     */
    public Scope.OfOrganisation scopeOf(String code) {
        return findOrganisation(code)
                .map(OrganisationDetails::scope)
                .orElseGet(() -> new Scope.OfOrganisation(code, Optional.empty()));
    }

    /** The section with exactly this code. */
    public Optional<SectionDetails> findSection(String code) {
        return Optional.ofNullable(entities.find(Section.class, code)).map(Section::details);
    }

    /** The region with exactly this code. */
    public Optional<RegionDetails> findRegion(String code) {
        return Optional.ofNullable(entities.find(Region.class, code)).map(Region::details);
    }
}
