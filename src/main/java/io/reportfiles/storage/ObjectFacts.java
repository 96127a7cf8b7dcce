package io.reportfiles.storage;

import java.util.Optional;

/**
 * What the store says about an object version.
 *
 * @param size number of bytes
 * @param eTag its entity tag, without quotes
 * @param crc32c checksum of all its bytes in Base64; empty where the store has none, or one of its parts only
 */
public record ObjectFacts(long size, String eTag, Optional<String> crc32c) {}
