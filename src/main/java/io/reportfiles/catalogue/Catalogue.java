package io.reportfiles.catalogue;

import io.reportfiles.persistence.LikePattern;
import io.reportfiles.persistence.ListQuery;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads regions, organisations and sections. Holds no connection when a method has returned; any number of threads may call. */
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

    /** The section with exactly this code. */
    public Optional<SectionDetails> findSection(String code) {
        return Optional.ofNullable(entities.find(Section.class, code)).map(Section::details);
    }

    /** The code of the organisation that {@code typed} means: itself, or the only one that differs in case alone. */
    public String organisationCode(String typed) {
        return code("Organisation", typed);
    }

    /** As {@link #organisationCode}, of a section. */
    public String sectionCode(String typed) {
        return code("Section", typed);
    }

    private String code(String entity, String typed) {
        List<String> codes = entities.createQuery(
                        "select e.code from %s e where lower(e.code) = :code".formatted(entity), String.class)
                .setParameter("code", typed.toLowerCase(Locale.ROOT))
                .getResultList();
        return codes.size() == 1 && !codes.contains(typed) ? codes.get(0) : typed;
    }

    /** Bytes of the largest file that any section takes; empty where there is no section. */
    public Optional<Long> largestFile() {
        return Optional.ofNullable(entities.createQuery("select max(s.maxBytes) from Section s", Long.class)
                .getSingleResult());
    }

    /** The region with exactly this code. */
    public Optional<RegionDetails> findRegion(String code) {
        return Optional.ofNullable(entities.find(Region.class, code)).map(Region::details);
    }

    /**
     * A page of the regions, by code.
     *
     * @param text part of code or name, in upper or lower case
     */
    public Page<RegionDetails> listRegions(Optional<String> text, PageRequest page) {
        ListQuery list = ListQuery.over("Region e");
        search(list, "name", text);
        return Page.read(list, entities, "e", Region.class, "e.code", page).map(Region::details);
    }

    /**
     * A page of the organisations, by code.
     *
     * @param text part of code or name, in upper or lower case
     * @param region code of the region they belong to
     */
    public Page<OrganisationDetails> listOrganisations(
            Optional<String> text, Optional<String> region, PageRequest page) {
        ListQuery list = ListQuery.over("Organisation e");
        search(list, "name", text);
        region.ifPresent(code -> list.where("e.regionCode = :region", "region", code));
        return Page.read(list, entities, "e", Organisation.class, "e.code", page)
                .map(Organisation::details);
    }

    /**
     * A page of the sections, by code.
     *
     * @param text part of code or title, in upper or lower case
     */
    public Page<SectionDetails> listSections(Optional<String> text, PageRequest page) {
        ListQuery list = ListQuery.over("Section e");
        search(list, "title", text);
        return Page.read(list, entities, "e", Section.class, "e.code", page).map(Section::details);
    }

    private static void search(ListQuery list, String label, Optional<String> text) {
        text.ifPresent(part -> list.where(
                "(lower(e.code) like :text escape '!' or lower(e.%s) like :text escape '!')".formatted(label),
                "text",
                LikePattern.containing(part)));
    }
}
