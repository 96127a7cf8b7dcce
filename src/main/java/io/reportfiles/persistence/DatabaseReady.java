package io.reportfiles.persistence;

/**
 * CDI event: the schema is up to date. Fired at start-up or, when the database was away then, as soon as it is there.
 * Observers see to what has to be in the database before requests come. When one fails, nothing is ready and the event
 * is fired again later, so they must be able to do their work twice.
 */
public record DatabaseReady() {}
