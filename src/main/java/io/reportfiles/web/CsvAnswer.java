package io.reportfiles.web;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Answers with comma-separated values (RFC 4180), written as they are read, for lists that may be long. */
public final class CsvAnswer {

    /** The media type. */
    public static final String TYPE = "text/csv";

    private static final MediaType CSV = new MediaType("text", "csv");

    /** What a spreadsheet takes for the beginning of a formula. */
    private static final String FORMULA = "=+-@\t\r";

    private static final int BUFFER = 16_384;

    private CsvAnswer() {}

    /** What is exported, one line after the other. */
    public interface Lines {
        /** Hands each line's fields to {@code line}, without keeping more than a few of them. */
        void forEach(Consumer<List<String>> line);
    }

    /** Whether a client wants it: by {@code format=csv}, or since it accepts nothing else as gladly. */
    public static boolean isWanted(QueryParameters parameters, HttpHeaders headers) {
        Optional<String> format = parameters.find(
                "format",
                text -> Optional.of(text).filter(List.of("csv", "json")::contains),
                "The parameter format has to be csv or json.");
        return format.map("csv"::equals)
                .orElseGet(() -> headers.getAcceptableMediaTypes().stream()
                        .filter(type -> type.isCompatible(CSV) || type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                        .findFirst()
                        .filter(type -> !type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                        .isPresent());
    }

    /**
     * 200 with a file to be saved.
     *
     * @param filename what it is called, in ASCII
     * @param columns the first line
     */
    public static Response of(String filename, List<String> columns, Lines lines) {
        StreamingOutput body = output -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8), BUFFER);
            writer.write(line(columns));
            lines.forEach(fields -> write(writer, fields));
            writer.flush();
        };
        return Response.ok(body, CSV.withCharset(StandardCharsets.UTF_8.name()))
                .header("Content-Disposition", "attachment; filename=\"%s\"".formatted(filename))
                .header("Cache-Control", "no-store")
                .build();
    }

    private static void write(Writer writer, List<String> fields) {
        try {
            writer.write(line(fields));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String line(List<String> fields) {
        return fields.stream().map(CsvAnswer::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** Quoted where it has to be; what a spreadsheet would calculate begins with an apostrophe, so that it does not. */
    private static String field(String text) {
        String plain = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return plain.matches("(?s).*[\",\r\n].*") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }
}
