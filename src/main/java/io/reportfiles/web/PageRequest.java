package io.reportfiles.web;

/**
 * Which part of a list is asked for.
 *
 * @param page number of the page, from 1
 * @param size most items on a page, 1 to {@value #MAX_SIZE}
 */
public record PageRequest(int page, int size) {

    /** The largest page. */
    public static final int MAX_SIZE = 200;

    /** Items on a page when the client does not say. */
    public static final int DEFAULT_SIZE = 25;

    // Keeps the offset inside an int, whatever the size.
    private static final int MAX_PAGE = 1_000_000;

    public PageRequest {
        if (page < 1 || page > MAX_PAGE || size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("page %d, size %d".formatted(page, size));
        }
    }

    /** Number of items on the pages before. */
    public int offset() {
        return (page - 1) * size;
    }
}
