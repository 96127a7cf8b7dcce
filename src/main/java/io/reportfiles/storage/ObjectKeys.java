package io.reportfiles.storage;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Composes the keys of new objects below the configured prefix. Immutable and safe for any number of threads.
 *
 * @param prefix what every key begins with, without slashes at its ends; empty when the bucket is ours alone
 */
public record ObjectKeys(String prefix) {

    private static final String PROBES = "storage-check";
    private static final String ASSETS = "console-assets";
    private static final String ANCHORS = "anchors";

    // What S3 calls safe characters; everything else is escaped differently by one store or another.
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9!_.*'()-]+");

    /** Refuses a prefix whose segments are not made of S3's safe characters; slashes at its ends are dropped. */
    public ObjectKeys {
        Objects.requireNonNull(prefix, "prefix");
        prefix = prefix.replaceAll("^/++|(?<!/)/++$", "");
        if (!prefix.isEmpty()) {
            List.of(prefix.split("/", -1)).forEach(ObjectKeys::requireSafe);
        }
    }

    /**
     * The key of these segments below the prefix, separated by slashes.
     *
     * @param segments for a report file: organisation, year, quarter, section and a random UUID
     * @throws IllegalArgumentException if there is none, or one is empty, {@code .} or {@code ..}, or holds anything but
     *     letters and digits of ASCII and {@code ! _ . * ' ( ) -}
     */
    public ObjectKey of(String... segments) {
        if (segments.length == 0) {
            throw new IllegalArgumentException("a key needs at least one segment");
        }
        List.of(segments).forEach(ObjectKeys::requireSafe);
        String path = String.join("/", segments);
        return new ObjectKey(prefix.isEmpty() ? path : prefix + "/" + path);
    }

    /** The key of an object that is stored to see whether that works, and removed at once. */
    public ObjectKey ofProbe(UUID random) {
        return of(PROBES, random.toString());
    }

    /** Whether a key is one of {@link #ofProbe}. */
    public boolean isProbe(String key) {
        return key.startsWith(of(PROBES).value() + "/");
    }

    /**
     * The key of one of the console's files.
     *
     * @param hash of them all
     * @param path segments separated by slashes
     */
    public ObjectKey ofAsset(String hash, String path) {
        return of((ASSETS + "/" + hash + "/" + path).split("/", -1));
    }

    /** Whether a key is one of {@link #ofAsset}. */
    public boolean isAsset(String key) {
        return key.startsWith(of(ASSETS).value() + "/");
    }

    /** What the keys of all anchors of a chain begin with. */
    public String anchors(String chain) {
        return of(ANCHORS, chain).value() + "/";
    }

    /**
     * The key of an object that says how long a chain was, and how it ended.
     *
     * @param chain its name
     * @param name of the anchor
     */
    public ObjectKey ofAnchor(String chain, String name) {
        return of(ANCHORS, chain, name);
    }

    /** Whether a key is one of {@link #ofAnchor}. */
    public boolean isAnchor(String key) {
        return key.startsWith(of(ANCHORS).value() + "/");
    }

    private static void requireSafe(String segment) {
        if (!SEGMENT.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException(
                    "key segment \"%s\" (expected letters, digits or ! _ . * ' ( ) -)".formatted(segment));
        }
    }
}
