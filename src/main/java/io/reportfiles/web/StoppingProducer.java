package io.reportfiles.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives out the one {@link Stopping}, itself and no proxy. */
@ApplicationScoped
class StoppingProducer {

    @Produces
    @Singleton
    Stopping stopping() {
        return new Stopping();
    }
}
