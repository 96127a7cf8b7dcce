package io.reportfiles.storage;

/** Where the bytes of one file come from: always the same ones, however often it is opened. Many threads may. */
public interface ContentSource {

    /** How many bytes it has, 0 or more. */
    long size();

    /** Their CRC32C, the base64 of its four bytes in network order. */
    String crc32c();

    /**
     * Opens some of the bytes, as {@link io.reportfiles.storage.ObjectStore#open} does. The caller closes what it gets.
     *
     * @param part which of them, all inside the file; a file of no bytes has no part
     */
    ObjectContent open(ByteRange part) throws ObjectStoreException;

    /** What an operator would look for, if it is damaged. */
    @Override
    String toString();
}
