/**
 * What all users of the database share: the migration of its schema at start-up, transactions, and how Java values lie
 * in columns. Knows no feature; the entities live with theirs.
 */
package io.reportfiles.persistence;
