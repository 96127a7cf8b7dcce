/**
 * Who changed what, and who signed in: rows that are only ever added, with a chain of hashes over them. Transfers of files
 * are in {@code ledger}.
 */
package io.reportfiles.audit;
