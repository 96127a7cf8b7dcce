package io.reportfiles.storage.s3;

/**
 * How large the parts of a multipart upload are, of which S3 takes no more than 10,000. Nobody knows beforehand how long
 * a source is, and large parts cost memory: so parts begin small and grow with the file, just fast enough for S3's
 * largest object, or to the largest part the memory allows. Where there is no memory for a larger part, a part may be
 * smaller than planned, and later ones make up for it.
 *
 * @param first bytes of the first part
 * @param largest most bytes of any part, at least {@code first}
 */
record PartSizes(long first, long largest) {

    /** What S3 allows (User Guide, "Amazon S3 multipart upload limits"). */
    static final int MAX_PARTS = 10_000;

    static final long MAX_PART = 5L << 30;
    static final long MAX_OBJECT = 5L << 40;

    private static final int CONSTANT_PARTS = 1000;
    // The smallest growth per part, in steps of 8 KiB, that lets 9,000 parts after 1,000 of 5 MiB come to 5 TiB.
    private static final long GROWTH = 136 << 10;

    PartSizes {
        if (first < 1 || largest < first || largest > MAX_PART) {
            throw new IllegalArgumentException("parts of %d to %d bytes".formatted(first, largest));
        }
    }

    /**
     * The sizes for a memory budget: no part takes more than half of it, so that one can be read while another is sent.
     *
     * @param first bytes of the first part, at most {@code budget}
     * @param budget bytes of memory
     */
    static PartSizes within(long first, long budget) {
        return new PartSizes(first, Math.min(MAX_PART, Math.max(first, budget / 2)));
    }

    /**
     * Bytes of one part.
     *
     * @param number of the part, 1 to {@value #MAX_PARTS}
     */
    long of(int number) {
        long grown = first + GROWTH * Math.max(0, number - CONSTANT_PARTS);
        return Math.min(largest, grown);
    }

    /**
     * Bytes that a part should have: as many as planned, or more where parts before it were smaller than planned, so that
     * the limit can still be reached.
     *
     * @param number of the part
     * @param before bytes of the parts before it
     * @param limit bytes that the object may come to, at most {@link #capacity}
     */
    long wanted(int number, long before, long limit) {
        return Math.min(largest, Math.max(of(number), limit - before - capacityAfter(number)));
    }

    /** As {@link #wanted}, the fewest with which the limit can still be reached, by parts after it that are the largest. */
    long least(int number, long before, long limit) {
        return Math.max(first, Math.min(largest, limit - before - largest * (MAX_PARTS - number)));
    }

    /** Bytes of the largest object these parts can make. */
    long capacity() {
        return capacityAfter(0);
    }

    private long capacityAfter(int part) {
        long sum = 0;
        for (int number = part + 1; number <= MAX_PARTS && sum < MAX_OBJECT; number++) {
            sum += of(number);
        }
        return Math.min(MAX_OBJECT, sum);
    }
}
