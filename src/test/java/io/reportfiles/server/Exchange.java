package io.reportfiles.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request, and how it was answered.
 *
 * @param body of the answer, or the beginning of a long one; of bytes each as a character
 */
record Exchange(String method, URI uri, HttpHeaders request, int status, HttpHeaders answer, String body) {

    /** More of an answer is the content of a file. */
    private static final int LONGEST_BODY = 256 * 1024;

    /** What a test has asked itself. */
    static Exchange of(HttpResponse<?> answer) {
        return new Exchange(
                answer.request().method(),
                answer.request().uri(),
                answer.request().headers(),
                answer.statusCode(),
                answer.headers(),
                text(answer.body()));
    }

    /** Those of a HAR file. */
    static List<Exchange> recorded(String har) {
        List<Exchange> exchanges = new ArrayList<>();
        JsonParser.parseString(har)
                .getAsJsonObject()
                .getAsJsonObject("log")
                .getAsJsonArray("entries")
                .forEach(entry -> exchanges.add(recorded(entry.getAsJsonObject())));
        return exchanges;
    }

    private static Exchange recorded(JsonObject entry) {
        JsonObject request = entry.getAsJsonObject("request");
        JsonObject answer = entry.getAsJsonObject("response");
        JsonObject content = answer.getAsJsonObject("content");
        return new Exchange(
                request.get("method").getAsString(),
                URI.create(request.get("url").getAsString()),
                headers(request),
                answer.get("status").getAsInt(),
                headers(answer),
                content.has("text") && !content.has("encoding") // that of pictures and archives
                        ? text(content.get("text").getAsString())
                        : "");
    }

    private static HttpHeaders headers(JsonObject message) {
        Map<String, List<String>> headers = new HashMap<>();
        for (JsonElement header : message.getAsJsonArray("headers")) {
            JsonObject pair = header.getAsJsonObject();
            headers.computeIfAbsent(pair.get("name").getAsString().toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                    .addAll(pair.get("value").getAsString().lines().toList()); // one line for each of several
        }
        return HttpHeaders.of(headers, (name, value) -> !name.startsWith(":"));
    }

    private static String text(Object body) {
        if (body instanceof String text) {
            return text.substring(0, Math.min(text.length(), LONGEST_BODY));
        }
        if (body instanceof byte[] bytes) {
            return new String(bytes, 0, Math.min(bytes.length, LONGEST_BODY), ISO_8859_1);
        }
        return "";
    }
}
