package io.reportfiles.web;

import io.reportfiles.persistence.ListQuery;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list, in the form in which every list of the API answers.
 *
 * @param items what is on the page, in order
 * @param page number of the page, from 1
 * @param size most items that a page may have
 * @param total number of items on all pages together
 * @param totalIsExact false where there are more than {@code total}, and nobody has counted how many
 */
public record Page<T>(List<T> items, int page, int size, long total, boolean totalIsExact) {

    public Page {
        items = List.copyOf(items);
    }

    /** One page of a list. */
    public static <T> Page<T> of(List<T> items, PageRequest request, long total) {
        return new Page<>(items, request.page(), request.size(), total, true);
    }

    /**
     * Reads one page of a list.
     *
     * @param selected the alias of the entity
     * @param order what follows {@code order by}
     */
    public static <T> Page<T> read(
            ListQuery list, EntityManager entities, String selected, Class<T> type, String order, PageRequest request) {
        ListQuery.Slice<T> slice = list.slice(entities, selected, type, order, request.offset(), request.size());
        return new Page<>(slice.items(), request.page(), request.size(), slice.total(), slice.totalIsExact());
    }

    /** The same page of what {@code change} makes of the items. */
    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), page, size, total, totalIsExact);
    }

    /** Number of the last page; 1 for an empty list. Where the total is not exact, a page that is not the last. */
    public long lastPage() {
        return Math.max(1, (total + size - 1) / size);
    }
}
