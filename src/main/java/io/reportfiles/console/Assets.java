package io.reportfiles.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/**
 * The scripts, styles and pictures of the pages: a few hundred kilobytes, read once and kept in memory, plain and
 * compressed. Together they have one hash, which is part of their addresses.
 */
@ApplicationScoped
public class Assets {

    static final String FOLDER = "/assets/";

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Asset> byPath = new TreeMap<>();
    private String hash = "";

    private ServletContext application;

    /** For the client proxy. */
    protected Assets() {}

    @Inject
    Assets(ServletContext application) {
        this.application = application;
    }

    @PostConstruct
    void load() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        readFolder(FOLDER);
        byPath.forEach((path, asset) -> {
            all.writeBytes(path.getBytes(StandardCharsets.UTF_8));
            all.writeBytes(asset.plain().bytes());
        });
        hash = Asset.Copy.of(all.toByteArray()).hash();
    }

    /** Changes whenever one of the files does. */
    String hash() {
        return hash;
    }

    /** All of them, by their path. */
    Map<String, Asset> all() {
        return Collections.unmodifiableMap(byPath);
    }

    /** The file at a path below the folder, such as {@code console/app.js}. */
    Optional<Asset> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    private void readFolder(String folder) {
        for (String path : new TreeSet<>(application.getResourcePaths(folder))) {
            if (path.endsWith("/")) {
                readFolder(path);
            } else {
                typeOf(path).ifPresent(type -> byPath.put(path.substring(FOLDER.length()), read(path, type)));
            }
        }
    }

    private static Optional<String> typeOf(String path) {
        return Optional.ofNullable(TYPES.get(path.substring(path.lastIndexOf('.') + 1)));
    }

    private Asset read(String path, String type) {
        try (InputStream in = application.getResourceAsStream(path)) {
            byte[] plain = in.readAllBytes();
            return new Asset(type, Asset.Copy.of(plain), Asset.Copy.of(compress(plain)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] compress(byte[] plain) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        }
        return compressed.toByteArray();
    }
}
