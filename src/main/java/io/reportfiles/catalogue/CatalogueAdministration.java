package io.reportfiles.catalogue;

import io.reportfiles.access.Caller;
import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.persistence.CommitFailedException;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Creates and changes regions, organisations and sections, each in one transaction with its audit event. Codes never
 * change, and nothing is deleted: report files are filed under it. Two codes may not differ in upper and lower case
 * only. Decides no access. Any number of threads may call at once.
 */
@ApplicationScoped
public class CatalogueAdministration {

    private EntityManager entities;
    private Transactions transactions;
    private AuditLog audit;

    /** For the client proxy. */
    protected CatalogueAdministration() {}

    @Inject
    public CatalogueAdministration(EntityManager entities, Transactions transactions, AuditLog audit) {
        this.entities = entities;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** Creates a region; 409 if its code is taken. */
    public void create(RegionDetails region, Caller by) {
        create(Region.class, region.code(), new Region(region), event(AuditAction.REGION_CREATED, region, by));
    }

    /** Changes a region; 404 if there is none with this code. */
    public RegionDetails changeRegion(String code, UnaryOperator<RegionDetails> change, Caller by) {
        return change(Region.class, code, found -> {
            RegionDetails changed = change.apply(found.details());
            found.rename(changed.name());
            event(AuditAction.REGION_CHANGED, changed, by).run();
            return changed;
        });
    }

    /** Creates an organisation; 409 if its code is taken, 400 if its region does not exist. */
    public void create(OrganisationDetails organisation, Caller by) {
        requireRegion(organisation);
        create(
                Organisation.class,
                organisation.code(),
                new Organisation(organisation),
                event(AuditAction.ORGANISATION_CREATED, organisation, by));
    }

    /** Changes an organisation; 404 if there is none with this code, 400 if its new region does not exist. */
    public OrganisationDetails changeOrganisation(String code, UnaryOperator<OrganisationDetails> change, Caller by) {
        return change(Organisation.class, code, found -> {
            OrganisationDetails changed = change.apply(found.details());
            requireRegion(changed);
            found.change(changed);
            event(AuditAction.ORGANISATION_CHANGED, changed, by).run();
            return changed;
        });
    }

    /** Creates a section; 409 if its code is taken. */
    public void create(SectionDetails section, Caller by) {
        create(Section.class, section.code(), new Section(section), event(AuditAction.SECTION_CREATED, section, by));
    }

    /** Changes a section; 404 if there is none with this code. Files already submitted stay as they are. */
    public SectionDetails changeSection(String code, UnaryOperator<SectionDetails> change, Caller by) {
        return change(Section.class, code, found -> {
            SectionDetails changed = change.apply(found.details());
            found.change(changed);
            event(AuditAction.SECTION_CHANGED, changed, by).run();
            return changed;
        });
    }

    private void create(Class<?> type, String code, Object entity, Runnable event) {
        try {
            transactions.run(() -> {
                requireFree(type, code);
                entities.persist(entity);
                event.run();
            });
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) { // what a failed commit looks like differs between servers
            CommitFailedException.throwIfUnknown(e);
            requireFree(type, code); // perhaps somebody else was faster
            throw e;
        }
    }

    private <E, D> D change(Class<E> type, String code, Function<E, D> verb) {
        return transactions.call(() -> {
            E found = entities.find(type, code);
            if (found == null) {
                throw new ProblemException(
                        ProblemType.NOT_FOUND, "There is no %s with this code.".formatted(nameOf(type)));
            }
            return verb.apply(found);
        });
    }

    private void requireFree(Class<?> type, String code) {
        Long taken = entities.createQuery(
                        "select count(e) from %s e where lower(e.code) = :code".formatted(type.getSimpleName()),
                        Long.class)
                .setParameter("code", code.toLowerCase(Locale.ROOT))
                .getSingleResult();
        if (taken > 0) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "There is a %s with the code %s already.".formatted(nameOf(type), code));
        }
    }

    private void requireRegion(OrganisationDetails organisation) {
        organisation.region().ifPresent(code -> {
            if (entities.find(Region.class, code) == null) {
                throw ProblemException.invalid("region", "There is no region with the code %s.".formatted(code));
            }
        });
    }

    private Runnable event(AuditAction action, RegionDetails region, Caller by) {
        return () -> audit.record(action, by.name(), "region", region.code(), region.name());
    }

    private Runnable event(AuditAction action, OrganisationDetails organisation, Caller by) {
        String detail = "%s, %s, region %s"
                .formatted(
                        organisation.name(),
                        organisation.type(),
                        organisation.region().orElse("none"));
        return () -> audit.record(action, by.name(), "organisation", organisation.code(), detail);
    }

    private Runnable event(AuditAction action, SectionDetails section, Caller by) {
        String detail = "%s, %s up to %d bytes"
                .formatted(section.title(), section.names().summary(), section.maxBytes());
        return () -> audit.record(action, by.name(), "section", section.code(), detail);
    }

    private static String nameOf(Class<?> type) {
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }
}
