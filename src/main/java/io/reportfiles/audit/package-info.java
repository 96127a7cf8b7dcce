/**
 * Who did what, and how it ended: the ledger of transfers and the audit of changes. Rows are added and, for a transfer,
 * ended once; nothing here changes or deletes them. Knows report files by their ids only.
 */
package io.reportfiles.audit;
