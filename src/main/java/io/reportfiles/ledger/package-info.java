/**
 * Who took or submitted which bytes, and how it ended: a row for each transfer, written when it begins and ended once, with
 * a chain of hashes over them; and the lease by which the nodes of an installation know each other. Knows report files by
 * their ids only.
 */
package io.reportfiles.ledger;
