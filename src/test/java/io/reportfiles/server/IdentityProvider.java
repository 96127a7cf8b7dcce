package io.reportfiles.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * An OpenID Connect provider that signs in whom it is told to, without asking. It checks what a real one checks of the
 * application: redirect address, secret, code and PKCE. What it says of people can be falsified.
 */
public final class IdentityProvider implements AutoCloseable {

    public static final String CLIENT = "report-files";
    public static final String SECRET = "a-secret-of-the-application";

    /** The same for all of a run: they take a second to make. */
    private static final KeyPair KEYS = newKeys();

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile JsonObject person = JsonObject.EMPTY_JSON_OBJECT;
    private volatile UnaryOperator<JsonObject> header = same -> same;
    private volatile UnaryOperator<JsonObject> claims = same -> same;
    private volatile KeyPair signing = KEYS;

    private IdentityProvider(HttpServer server) {
        this.server = server;
    }

    public static IdentityProvider start() throws IOException {
        IdentityProvider provider =
                new IdentityProvider(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        provider.server.createContext("/", provider::answer);
        provider.server.start();
        return provider;
    }

    public URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Who signs in from now on: claims, {@code sub} among them. What was falsified is right again. */
    public void signsIn(JsonObject claimsOfPerson) {
        person = claimsOfPerson;
        falsify(same -> same, same -> same, KEYS);
    }

    /** Falsifies the tokens from now on: their header, their claims, the key that signs them. */
    public void falsify(UnaryOperator<JsonObject> newHeader, UnaryOperator<JsonObject> newClaims, KeyPair key) {
        header = newHeader;
        claims = newClaims;
        signing = key;
    }

    public KeyPair keys() {
        return KEYS;
    }

    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> send(exchange, 200, description());
                case "/keys" -> send(exchange, 200, publicKeys());
                case "/authorize" -> authorize(exchange);
                case "/token" -> token(exchange);
                default -> send(exchange, 404, JsonObject.EMPTY_JSON_OBJECT);
            }
        }
    }

    private JsonObject description() {
        return Json.createObjectBuilder()
                .add("issuer", issuer().toString())
                .add("authorization_endpoint", issuer() + "/authorize")
                .add("token_endpoint", issuer() + "/token")
                .add("jwks_uri", issuer() + "/keys")
                .add("end_session_endpoint", issuer() + "/end")
                .build();
    }

    private JsonObject publicKeys() {
        RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
        return Json.createObjectBuilder()
                .add(
                        "keys",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("kty", "RSA")
                                        .add("use", "sig")
                                        .add("kid", "one")
                                        .add("n", base64(key.getModulus()))
                                        .add("e", base64(key.getPublicExponent()))))
                .build();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = fields(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, query);
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        "%s?code=%s&state=%s&iss=%s"
                                .formatted(
                                        query.get("redirect_uri"),
                                        code,
                                        query.get("state"),
                                        URLEncoder.encode(issuer().toString(), UTF_8)));
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = fields(new String(exchange.getRequestBody().readAllBytes(), US_ASCII));
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String expected = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(US_ASCII));
        boolean right = asked != null
                && expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && asked.get("response_type").equals("code")
                && asked.get("client_id").equals(CLIENT)
                && asked.get("redirect_uri").equals(form.get("redirect_uri"))
                && asked.get("code_challenge_method").equals("S256")
                && asked.get("code_challenge").equals(sha256(form.getOrDefault("code_verifier", "")));
        if (right) {
            send(
                    exchange,
                    200,
                    Json.createObjectBuilder()
                            .add("token_type", "Bearer")
                            .add("access_token", "not used")
                            .add("id_token", idToken(asked.get("nonce")))
                            .build());
        } else {
            send(
                    exchange,
                    400,
                    Json.createObjectBuilder().add("error", "invalid_grant").build());
        }
    }

    private String idToken(String nonce) {
        long now = Instant.now().getEpochSecond();
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("iss", issuer().toString())
                .add("aud", CLIENT)
                .add("iat", now)
                .add("exp", now + 60)
                .add("nonce", nonce);
        person.forEach(body::add);
        JsonObject head =
                Json.createObjectBuilder().add("alg", "RS256").add("kid", "one").build();
        String text = base64(header.apply(head)) + "." + base64(claims.apply(body.build()));
        return text + "." + sign(text, signing.getPrivate());
    }

    private static String sign(String text, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(US_ASCII));
            return BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(JsonObject json) {
        return BASE64.encodeToString(json.toString().getBytes(UTF_8));
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        return fields;
    }

    private static void send(HttpExchange exchange, int status, JsonObject json) throws IOException {
        byte[] body = json.toString().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
