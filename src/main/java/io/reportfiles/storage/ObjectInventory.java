package io.reportfiles.storage;

import java.util.List;

/**
 * What the bucket has, as its own lists tell, whoever put it there. For comparing it with what should be there; nothing
 * that is served is found this way. Everything comes in pages, so that its amount does not matter. As with {@link
 * ObjectStore}, many threads may ask at once and every call may block.
 */
public interface ObjectInventory {

    /** Takes the pages of a list, one after the other. */
    @FunctionalInterface
    interface Pages<T> {

        /** Takes a page of up to some thousand entries; what it throws ends the listing. */
        void take(List<T> page) throws ObjectStoreException;
    }

    /** The bucket's name, as in {@link ObjectVersion#bucket}. */
    String bucket();

    /**
     * Lists every version of every object whose key begins with {@code prefix}, and the marks of deletions.
     *
     * @throws ObjectStoreException if the store fails, or does not let us list
     */
    void objects(String prefix, Pages<ListedObject> pages) throws ObjectStoreException;

    /**
     * Lists the keys of all objects that are below {@code prefix}, also of those with a mark of a deletion upon them, as far
     * as the store knows older versions. A key may come several times.
     *
     * @throws ObjectStoreException as {@link #objects}
     */
    void keys(String prefix, Pages<String> pages) throws ObjectStoreException;

    /**
     * Lists the uploads of several parts that were begun and neither completed nor given up.
     *
     * @throws ObjectStoreException as {@link #objects}
     */
    void uploads(String prefix, Pages<ListedUpload> pages) throws ObjectStoreException;

    /**
     * Looks at an object version without reading it.
     *
     * @throws ObjectMissingException if it does not exist
     * @throws ObjectStoreException if the store fails
     */
    ObjectFacts look(ObjectVersion version) throws ObjectStoreException;

    /**
     * Removes exactly this version or mark, for good. Removing what is gone succeeds.
     *
     * @throws ObjectStoreException if the store fails, or does not let us
     */
    void remove(ListedObject object) throws ObjectStoreException;

    /**
     * Gives up an upload and what was stored of it. Succeeds if it has ended.
     *
     * @throws ObjectStoreException if the store fails, or does not let us
     */
    void abort(ListedUpload upload) throws ObjectStoreException;
}
