package io.reportfiles.persistence;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keys for rows that come in great number: version 7 of RFC 9562 §5.7, in the order of time. So the rows of one moment
 * lie beside each other in the table's index, and a commit touches its last pages instead of as many as it has rows. Not
 * for what must not be guessed.
 */
public final class TimeOrderedUuid {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TimeOrderedUuid() {}

    /** A new one; safe to be called by several threads, who do not wait for each other. */
    public static UUID at(Instant time) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                (time.toEpochMilli() << 16) | VERSION_7 | random.nextInt(1 << 12), (random.nextLong() >>> 2) | VARIANT);
    }
}
