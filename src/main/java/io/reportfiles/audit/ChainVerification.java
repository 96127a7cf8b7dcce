package io.reportfiles.audit;

import java.util.Optional;

/**
 * What came out of a look at a chain.
 *
 * @param intact whether no fault was found
 * @param number number of the last link that is in order; with {@code hash} worth to be written down elsewhere
 * @param hash its hash in hexadecimal
 * @param unsealed number of rows that are in no link: those of the last moments, and those that are not settled yet
 * @param fault the first fault, in one sentence
 */
public record ChainVerification(boolean intact, long number, String hash, long unsealed, Optional<String> fault) {}
