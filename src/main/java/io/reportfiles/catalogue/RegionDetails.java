package io.reportfiles.catalogue;

/**
 * A group of organisations, as it is stored.
 *
 * @param code short and unique, {@link Codes}
 * @param name what people call it
 */
public record RegionDetails(String code, String name) {}
