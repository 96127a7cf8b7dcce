package io.reportfiles.signin.oidc;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Speaks HTTP with an identity provider. Believes no more of its answers than their form; safe for any number of threads. */
final class ProviderClient {

    private static final int TIMEOUT_MILLIS =
            Math.toIntExact(Duration.ofSeconds(5).toMillis());
    private static final int MAX_BYTES = 1 << 20;

    private ProviderClient() {}

    /**
     * An answer.
     *
     * @param ok whether the status says success
     * @param json its body
     */
    record Answer(boolean ok, JsonObject json) {}

    static Answer get(URI address) {
        return exchange(address, Optional.empty(), Map.of());
    }

    static Answer post(URI address, Map<String, String> form, Map<String, String> headers) {
        return exchange(address, Optional.of(encode(form)), headers);
    }

    /** Names and values as in a form or a query. */
    static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Answer exchange(URI address, Optional<String> form, Map<String, String> headers) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Accept", "application/json");
            headers.forEach(connection::setRequestProperty);
            if (form.isPresent()) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
                connection.getOutputStream().write(form.get().getBytes(StandardCharsets.US_ASCII));
            }
            boolean ok = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            try (InputStream body = ok ? connection.getInputStream() : connection.getErrorStream()) {
                return new Answer(ok, parse(body == null ? InputStream.nullInputStream() : body));
            }
        } catch (IOException e) {
            throw new ProviderException("%s does not answer".formatted(address.getHost()), e);
        }
    }

    private static JsonObject parse(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES);
        try {
            return Json.createReader(new ByteArrayInputStream(bytes)).readObject();
        } catch (JsonException noJson) {
            return JsonObject.EMPTY_JSON_OBJECT;
        }
    }
}
