/**
 * Comparing the bucket with the database, and putting right what a crash left in either: on a schedule, by one node at a
 * time, or by hand. Belongs to no request of a reader or sender, and never touches what a row refers to. What a submission
 * owes in the ordinary course is cleaned up where it was submitted.
 */
package io.reportfiles.reconcile;
