package io.reportfiles.server;

import java.util.List;
import java.util.stream.Stream;

/** Long texts that keep a careless parser busy: runs of what may be repeated, and of what almost begins something. */
public final class HostileText {

    private static final List<String> BEGINNINGS = List.of(
            "",
            "sha-256=:",
            "sha-256=:AAAA:",
            "sha256 ",
            "bytes=",
            "basic ",
            "form-data",
            "W/\"",
            ";a=\"",
            "a/b;",
            "gzip",
            "http://",
            "name ");

    private static final List<String> REPEATED = List.of(
            " ",
            "\t",
            ",",
            ";",
            ":",
            "=",
            "\"",
            "\\",
            "/",
            "a",
            "A",
            "0",
            "-",
            ".",
            "%",
            "'",
            "*",
            "(",
            "[",
            "@",
            "&",
            ";a",
            "; a",
            ";a=b",
            ", ",
            ",a",
            "=:",
            "a=",
            "\\\"",
            "\"\"",
            "\"a\",",
            "a ",
            " a",
            "0-",
            "0-0,",
            ":0",
            "1.",
            "de,",
            "de-AT;q=0.1,",
            "a/b,",
            "a/b;q=1,",
            "gzip ",
            "gzip;",
            "q=0",
            "W/",
            "\u00e9",
            "%41");

    private HostileText() {}

    /** All of them, each of {@code length} characters or a few more. */
    public static Stream<String> of(int length) {
        return BEGINNINGS.stream()
                .flatMap(beginning -> REPEATED.stream()
                        .map(repeated -> beginning + repeated.repeat(length / repeated.length()))
                        .flatMap(text -> Stream.of(text, text + "\u0001")));
    }
}
