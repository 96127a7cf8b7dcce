package io.reportfiles.operations;

import java.time.Duration;
import java.util.Optional;

/**
 * How the application server limits what comes in at one of its addresses.
 *
 * @param name what the server calls it
 * @param requestLimit how long a request may take, answer included; empty: as long as it likes
 * @param bodyLimit the most bytes that a request may bring; empty: as many as it likes
 * @param threads the most requests that are worked on at once; empty where the server does not tell
 */
record ServerListener(
        String name, Optional<Duration> requestLimit, Optional<Long> bodyLimit, Optional<Integer> threads) {

    /** A server's number, of which 0 or less means that there is no limit. */
    static Optional<Long> limit(Object number) {
        return Optional.ofNullable(number)
                .map(Object::toString)
                .filter(text -> text.matches("\\d+"))
                .map(Long::valueOf)
                .filter(value -> value > 0);
    }
}
