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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Answers with comma-separated values (RFC 4180), written as they are read, for lists that may be long. */
public final class CsvAnswer {

    /** The media type. */
    public static final String TYPE = "text/csv";

    private static final Logger LOG = System.getLogger(CsvAnswer.class.getName());

    private static final MediaType CSV = new MediaType("text", "csv");

    /** RFC 4180 §3: there is a line of names. */
    private static final MediaType ANSWER =
            new MediaType("text", "csv", Map.of("charset", StandardCharsets.UTF_8.name(), "header", "present"));

    /** With it Excel knows the text as UTF-8. */
    private static final char BYTE_ORDER_MARK = '\ufeff';

    /** What a spreadsheet takes for the beginning of a formula, also in the width of ideographs. */
    private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

    /** What some spreadsheet, with some setting of the system, takes for the end of a field. */
    private static final String SEPARATORS = ",;|\t\r\n\u000b\f\u0085\u2028\u2029";

    /** What may stand before a formula. */
    private static final String SKIPPED = " \"\u00a0\u3000\ufeff";

    /** RFC 4180 §2. */
    private static final String QUOTED = "\",\r\n";

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
     * @param parameters of the request; {@code bom=false} leaves out the byte order mark
     * @param filename what it is called, in ASCII
     * @param columns the first line
     */
    public static Response of(QueryParameters parameters, String filename, List<String> columns, Lines lines) {
        boolean marked = parameters.find("bom").isEmpty() || parameters.flag("bom");
        StreamingOutput body = body(marked, columns, lines);
        return Response.ok(body, ANSWER)
                .header("Content-Disposition", "attachment; filename=\"%s\"".formatted(filename))
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Reads lines as long as there is somebody to take them. */
    static StreamingOutput body(boolean marked, List<String> columns, Lines lines) {
        return output -> {
            try {
                Writer writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8), BUFFER);
                if (marked) {
                    writer.write(BYTE_ORDER_MARK);
                }
                writer.write(line(columns));
                lines.forEach(fields -> write(writer, fields));
                writer.flush();
            } catch (IOException | UncheckedIOException gone) {
                LOG.log(Level.DEBUG, "the client left in the middle of an export: {0}", gone.getMessage());
            }
        };
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

    /** Quoted where it has to be, and with nothing in it that a spreadsheet would calculate. */
    private static String field(String text) {
        String plain = withoutFormulas(text);
        return QUOTED.chars().anyMatch(character -> plain.indexOf(character) >= 0)
                ? '"' + plain.replace("\"", "\"\"") + '"'
                : plain;
    }

    /**
     * Puts an apostrophe before what would be a formula. A spreadsheet that takes another character for the separator
     * than the comma begins fields in the middle of ours.
     */
    private static String withoutFormulas(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 8);
        boolean begins = true;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (begins && FORMULA.indexOf(character) >= 0) {
                safe.append('\'');
            }
            safe.append(character);
            begins = SEPARATORS.indexOf(character) >= 0 || (begins && SKIPPED.indexOf(character) >= 0);
        }
        return safe.toString();
    }
}
