package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reportfiles.web.http.HeaderParameters;
import io.reportfiles.web.http.PercentEncoding;
import io.reportfiles.web.http.StrictUtf8;
import io.reportfiles.web.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The head of one part of a form (RFC 7578 §4.2).
 *
 * @param name the field's name, not empty
 * @param sha256 what {@link DigestFields} of the part say, in lower-case hexadecimal
 * @param fileName the file name given for the part, possibly empty text; absent for a plain field
 */
record PartHead(String name, Optional<String> fileName, Optional<String> sha256) {

    private static final Pattern FOLD = Pattern.compile("\r\n[ \t]++");
    private static final Set<String> PLAIN_ENCODINGS = Set.of("7bit", "8bit", "binary");

    /**
     * Reads a part's header lines.
     *
     * @param block the lines with each byte as one character, up to and with the empty line
     * @throws ProblemException if this is not the head of a form's part, or is not UTF-8
     */
    static PartHead parse(String block) {
        Map<String, String> headers = headers(block);
        String disposition = headers.getOrDefault("content-disposition", "");
        if (!disposition.toLowerCase(Locale.ROOT).matches("(?s)form-data\\s*+(?:;.*+)?")) {
            throw malformed("A part of the form has no Content-Disposition: form-data.");
        }
        if (headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw malformed("A part of the form is a multipart body itself; send one file in one part.");
        }
        if (!PLAIN_ENCODINGS.contains(
                headers.getOrDefault("content-transfer-encoding", "binary").toLowerCase(Locale.ROOT))) {
            throw malformed("A part of the form has a Content-Transfer-Encoding; send the bytes as they are.");
        }
        Map<String, String> parameters = parameters(disposition);
        Optional<String> name = Optional.ofNullable(parameters.get("name")).filter(text -> !text.isBlank());
        Optional<String> fileName = Optional.ofNullable(parameters.get("filename*"))
                .map(PartHead::extended)
                .or(() -> Optional.ofNullable(parameters.get("filename")).map(PartHead::plain));
        return new PartHead(
                name.orElseThrow(() -> malformed("A part of the form has no name.")), fileName, sha256(headers));
    }

    private static Map<String, String> headers(String block) {
        Map<String, String> headers = new HashMap<>();
        for (String line : FOLD.matcher(block).replaceAll(" ").split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (headers.put(name, line.substring(colon + 1).strip()) != null) {
                throw malformed("A part of the form has a header more than once.");
            }
        }
        return headers;
    }

    private static Optional<String> sha256(Map<String, String> headers) {
        Map<String, String> digests = new HashMap<>();
        for (String name : DigestFields.NAMES) {
            Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)))
                    .ifPresent(value -> digests.put(name, value));
        }
        return DigestFields.sha256(digests);
    }

    private static Map<String, String> parameters(String disposition) {
        String text = utf8(disposition.getBytes(ISO_8859_1));
        try {
            return HeaderParameters.parse(text);
        } catch (IllegalArgumentException e) {
            throw malformed("The Content-Disposition of a part of the form is malformed.");
        }
    }

    private static String plain(String value) {
        try {
            return FormFileName.decode(value);
        } catch (IllegalArgumentException e) {
            throw malformed("The file name is in encoded words that are not UTF-8; send the name itself in UTF-8,"
                    + " or filename* with UTF-8''name.");
        }
    }

    /** {@code UTF-8'en'percent-encoded} (RFC 8187 §3.2.1); RFC 7578 does not want it here, some clients send it. */
    private static String extended(String value) {
        List<String> pieces = List.of(value.split("'", -1));
        if (pieces.size() != 3 || !pieces.get(0).equalsIgnoreCase("UTF-8")) {
            throw malformed("filename* of the file's part is not of the form UTF-8''name.");
        }
        return PercentEncoding.decode(pieces.get(2))
                .map(PartHead::utf8)
                .orElseThrow(() -> malformed("filename* of the file's part is not percent-encoded."));
    }

    private static String utf8(byte[] bytes) {
        return StrictUtf8.decode(bytes)
                .orElseThrow(() -> malformed("The name of a part of the form, or its file name, is not UTF-8."));
    }

    private static ProblemException malformed(String message) {
        return ProblemException.invalid(FormBody.FILE, message);
    }
}
