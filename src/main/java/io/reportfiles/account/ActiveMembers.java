package io.reportfiles.account;

import io.reportfiles.access.Caller;
import io.reportfiles.access.OrganisationMembers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;

/** Reads the accounts of an organisation. */
@ApplicationScoped
class ActiveMembers implements OrganisationMembers {

    private EntityManager entities;

    /** For the client proxy. */
    protected ActiveMembers() {}

    /** Takes the database. */
    @Inject
    ActiveMembers(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public List<Caller> activeMembers(String organisation) {
        return entities
                .createNamedQuery("Account.activeOfOrganisation", Account.class)
                .setParameter("organisation", organisation)
                .getResultList()
                .stream()
                .map(account -> account.identity().caller())
                .toList();
    }
}
