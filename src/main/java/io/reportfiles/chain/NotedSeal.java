package io.reportfiles.chain;

import io.reportfiles.web.QueryParameters;
import io.reportfiles.web.problem.ProblemException;
import java.util.Optional;

/**
 * A link of a chain that somebody wrote down.
 *
 * @param number of the link, from 1
 * @param hash its hash in hexadecimal
 */
public record NotedSeal(long number, String hash) {

    /** The one that a request for a verification names with {@code number} and {@code hash}, if it does. */
    public static Optional<NotedSeal> read(QueryParameters parameters) {
        Optional<Long> number = parameters.find(
                "number",
                text -> text.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty(),
                "The parameter number has to be the number of a seal, from 1.");
        Optional<String> hash = parameters.find(
                "hash",
                text -> Optional.of(text).filter(hex -> hex.matches("[0-9a-f]{64}")),
                "The parameter hash has to have 64 hexadecimal digits in lower case.");
        if (number.isPresent() != hash.isPresent()) {
            throw ProblemException.invalid(
                    number.isPresent() ? "hash" : "number", "The parameters number and hash go together.");
        }
        return number.map(n -> new NotedSeal(n, hash.orElseThrow()));
    }
}
