/**
 * Chains of hashes over rows that are only ever added: how one is verified, and how its end is noted where nobody who can
 * change the database can change it. Which rows these are is known to {@code audit} and {@code ledger}.
 */
package io.reportfiles.chain;
