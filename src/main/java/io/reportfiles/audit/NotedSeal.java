package io.reportfiles.audit;

/**
 * A link of the audit's chain that somebody wrote down.
 *
 * @param number of the link, from 1
 * @param hash its hash in hexadecimal
 */
record NotedSeal(long number, String hash) {}
