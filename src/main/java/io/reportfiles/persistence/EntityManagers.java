package io.reportfiles.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Lets classes take the container's {@link EntityManager}, which is safe for any number of threads, as an argument. */
@ApplicationScoped
class EntityManagers {

    @PersistenceContext(unitName = "reportfiles")
    private EntityManager entities;

    @Produces
    EntityManager entities() {
        return entities;
    }
}
