package io.reportfiles.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every password, token, session and key that a run of the tests has used, with all that was answered. After each class
 * all that was answered or logged since the last one is searched for all of them.
 */
public final class Secrets {

    /** Anything shorter may be a word. */
    private static final int SHORTEST = 12;

    private static final Pattern TOKEN = Pattern.compile("rf_[A-Za-z0-9_-]{43}");
    private static final Pattern SESSION = Pattern.compile("report-files-session=([^;]+)");

    /** The one answer that may hold a token, once: that to the request that made it. */
    private static final String MAKES_TOKENS = "POST /api/tokens";

    private static final Set<Integer> WRONG = Set.of(400, 401, 429);

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private long searched; // of the log

    private record Answer(String request, String text) {}

    /** Something that nobody must be told. */
    void add(String secret) {
        if (secret.length() >= SHORTEST) {
            secrets.add(secret);
        }
    }

    /** Takes note of a password that is used where no answer is seen. */
    public static String used(String password) {
        ServerRun.current().secrets().add(password);
        return password;
    }

    /** Takes note of an answer, and of what its request has proved itself with. */
    public static <T> HttpResponse<T> seen(HttpResponse<T> answer) {
        ServerRun.current().secrets().note(Exchange.of(answer));
        return answer;
    }

    /** Takes note of all that a browser has recorded in a HAR file, and deletes that. */
    public static void seenByBrowser(Path har) {
        try {
            List<Exchange> exchanges = Exchange.recorded(Files.readString(har));
            Files.delete(har);
            assertThat(exchanges)
                    .as("what was recorded")
                    .anyMatch(exchange -> !exchange.body().isEmpty());
            exchanges.forEach(ServerRun.current().secrets()::note);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(Exchange exchange) {
        if (!WRONG.contains(exchange.status())) { // what is wrong is no secret, and may be anything
            exchange.request().allValues("Authorization").forEach(this::addCredentials);
        }
        Stream.concat(
                        exchange.request().allValues("Cookie").stream(),
                        exchange.answer().allValues("Set-Cookie").stream())
                .flatMap(cookie -> SESSION.matcher(cookie).results())
                .map((MatchResult match) -> match.group(1))
                .forEach(this::add);
        String asked = exchange.method() + " /"
                + ServerRun.current().baseUri().relativize(exchange.uri()).getPath();
        String body = exchange.body();
        if (asked.equals(MAKES_TOKENS) && exchange.status() == 201) {
            TOKEN.matcher(body).results().map(MatchResult::group).forEach(this::add);
            body = TOKEN.matcher(body).replaceFirst("");
        }
        StringBuilder head = new StringBuilder();
        exchange.answer().map().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Set-Cookie")) {
                head.append(name).append(values);
            }
        });
        answers.add(new Answer(asked, head + body));
    }

    private void addCredentials(String authorization) {
        String value = authorization.substring(authorization.indexOf(' ') + 1);
        add(value);
        if (authorization.startsWith("Basic ")) {
            try {
                String pair = new String(Base64.getDecoder().decode(value), UTF_8);
                add(pair.substring(pair.indexOf(':') + 1));
            } catch (IllegalArgumentException notBasic) {
                // a test of what is refused
            }
        }
    }

    /**
     * Searches what is new: the answers and the log.
     *
     * @return where something was found, without the secret itself
     */
    synchronized List<String> search(Path log) throws IOException {
        Search search = new Search(secrets);
        List<String> found = new ArrayList<>();
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            if (search.finds(answer.text())) {
                found.add("the answer to " + answer.request());
            }
        }
        String news = logSince(log);
        news.lines().filter(search::finds).map(line -> "the log: " + line).forEach(found::add);
        return found;
    }

    private String logSince(Path log) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            if (file.length() < searched) { // a new one was begun
                searched = 0;
            }
            byte[] news = new byte[(int) Math.min(Integer.MAX_VALUE - 8, file.length() - searched)];
            file.seek(searched);
            file.readFully(news);
            searched += news.length;
            return new String(news, ISO_8859_1);
        }
    }

    /** Finds any of many strings in one pass, by the first characters of each. */
    static final class Search {

        private static final int BASE = 31;

        private final Set<Integer> hashes = ConcurrentHashMap.newKeySet();
        private final Set<String> secrets;
        private final int leaving;

        Search(Set<String> secrets) {
            this.secrets = secrets;
            secrets.forEach(secret -> hashes.add(secret.substring(0, SHORTEST).hashCode()));
            int power = 1;
            for (int i = 0; i < SHORTEST; i++) {
                power *= BASE;
            }
            leaving = power;
        }

        boolean finds(String text) {
            int hash = 0; // of the last characters, as String has it
            for (int i = 0; i < text.length(); i++) {
                hash = hash * BASE + text.charAt(i);
                if (i >= SHORTEST) {
                    hash -= leaving * text.charAt(i - SHORTEST);
                }
                if (i >= SHORTEST - 1 && hashes.contains(hash) && isSecretAt(text, i - SHORTEST + 1)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isSecretAt(String text, int start) {
            return secrets.stream().anyMatch(secret -> text.startsWith(secret, start));
        }
    }
}
