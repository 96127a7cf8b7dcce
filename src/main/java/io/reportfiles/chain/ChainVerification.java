package io.reportfiles.chain;

import java.util.Optional;

/**
 * What came out of a look at a chain.
 *
 * @param intact whether no fault was found
 * @param number number of the last link that is in order; with {@code hash} worth to be written down elsewhere
 * @param hash its hash in hexadecimal
 * @param unsealed number of rows that are in no link: those of the last moments, and those that are not settled yet
 * @param anchored whether a link that was noted in the bucket was found in the chain as it was noted; where none was, nobody
 *     can tell whether the chain was cut off or written anew
 * @param fault the first fault, in one sentence
 */
public record ChainVerification(
        boolean intact, long number, String hash, long unsealed, boolean anchored, Optional<String> fault) {}
