package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The modules of the console that can be told without a server whether they do what they should. */
class ConsoleModulesIT {

    private static final String ORIGIN = "http://console.test";
    private static final Path WEBAPP = Path.of("webapp");

    private static final Answer NO_ANSWER = new Answer(0, Map.of());
    private static final Answer COMPLETED = new Answer(204, Map.of("Upload-Offset", "10", "Report-File", "f"));

    private static Chromium chromium;

    private Page page;
    private final List<String> asked = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        page = chromium.browser().newPage();
        page.addInitScript("const later = setTimeout; window.setTimeout = (act, wait) => later(act, wait / 100);");
        page.route(
                ORIGIN + "/**",
                route -> route.fulfill(
                        new Route.FulfillOptions().setContentType("text/html").setBody("<div id=status></div>")));
        page.route(
                ORIGIN + "/assets/**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setPath(WEBAPP.resolve(route.request().url().substring(ORIGIN.length() + 1)))));
        page.navigate(ORIGIN + "/console/");
    }

    @AfterEach
    void close() {
        page.close();
    }

    @Test
    void textsAreCompleteInEveryLanguage() {
        assertThat(run("texts/de.js", "m => Object.keys(m.default).sort()"))
                .isEqualTo(run("texts/en.js", "m => Object.keys(m.default).sort()"));
        assertThat(run("texts/de.js", "m => Object.entries(m.default).map(placeholders).sort()"))
                .isEqualTo(run("texts/en.js", "m => Object.entries(m.default).map(placeholders).sort()"));
    }

    /** The server decides; what it takes must not be kept from it, and what it refuses had better not be sent. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{any: true}                        | README             | true",
                "{patterns: ['*.ms??', 'ADS.*']}    | ads.e2j.ftp1.ts142 | true",
                "{patterns: ['*.ms??', 'ADS.*']}    | x.MS01             | true",
                "{patterns: ['*.ms??', 'ADS.*']}    | x.ms1              | false",
                "{patterns: ['?.csv']}              | 📈.csv             | true",
                "{patterns: ['*a*b*c']}             | xaxbxbc            | true",
                "{patterns: ['*a*b*c']}             | xaxbxbcx           | false",
                "{extensions: ['csv', 'txt']}       | REPORT.CSV         | true",
                "{extensions: ['csv', 'txt']}       | .csv               | false",
                "{extensions: ['csv', 'txt']}       | csv                | false",
            })
    void namesAreAcceptedAsTheServerDoes(String names, String name, boolean accepted) {
        assertThat(page.evaluate(
                        "async name => { const {acceptsName} = await import('/assets/console/lib/names.js');"
                                + " return acceptsName(" + names + ", name); }",
                        name))
                .isEqualTo(accepted);
    }

    @Test
    void everyTextThatIsAskedForExists() throws IOException {
        List<String> keys = new ArrayList<>();
        try (var files = Files.walk(WEBAPP.resolve("assets/console"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".js")).toList()) {
                Pattern.compile("\\bt\\('([^']+)'")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(match -> keys.add(match.group(1)));
            }
        }
        assertThat(keys).hasSizeGreaterThan(100);
        assertThat(page.evaluate(
                        "async keys => { const {t} = await import('/assets/console/lib/texts.js');"
                                + " return keys.filter(key => { try { t(key, {count: 2}); return false; } catch (e) { return true; } }); }",
                        keys))
                .isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 100_000})
    void digestIsThatOfTheJavaPlatform(int length) throws NoSuchAlgorithmException {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        assertThat(page.evaluate(
                        "async length => { const {Sha256} = await import('/assets/console/lib/sha256.js');"
                                + " const bytes = Uint8Array.from({length}, (x, i) => i * 31); const digest = new Sha256();"
                                + " for (let at = 0, step = 1; at < length; at += step, step += 7) digest.update(bytes.subarray(at, at + step));"
                                + " return digest.hex(); }",
                        length))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }

    @ParameterizedTest
    @CsvSource({
        "alder-active-2026Q2.csv,        active/2026/Q2",
        "FY26_q3 Closed cases.csv,       closed/2026/Q3",
        "Report 2025 quarter 4 total.csv, undefined/2025/Q4",
        "aggregate_2024-3q.csv,          aggregate/2024/Q3",
        "case data.csv,                  undefined/undefined/undefined",
    })
    void proposalComesFromTheFileName(String name, String proposed) {
        assertThat(page.evaluate(
                        "async name => { const {proposal} = await import('/assets/console/lib/calendar.js');"
                                + " const p = proposal(name, [{code: 'active', title: 'Active Case Data'},"
                                + " {code: 'closed', title: 'Closed Case Data'}, {code: 'aggregate', title: 'Aggregate Data'}]);"
                                + " return `${p.section}/${p.year}/${p.quarter}`; }",
                        name))
                .isEqualTo(proposed);
    }

    @Test
    void uploadGoesOnWhereTheConnectionBroke() {
        uploadsAnswer(NO_ANSWER, new Answer(200, Map.of("Upload-Offset", "4")), COMPLETED);

        assertThat(submit()).isEqualTo("f");
        assertThat(asked).containsExactly("POST", "PATCH 0", "HEAD", "PATCH 4");
        assertThat(unfinished()).isEqualTo(0);
    }

    @Test
    void serverThatStillCompletesTheFileIsWaitedForWithoutSendingAgain() {
        List<Answer> answers = new ArrayList<>(List.of(NO_ANSWER));
        answers.addAll(Collections.nCopies(12, new Answer(423, Map.of())));
        answers.add(new Answer(200, Map.of("Upload-Offset", "10", "Report-File", "f")));
        uploadsAnswer(answers.toArray(Answer[]::new));

        assertThat(submit()).isEqualTo("f");
        assertThat(asked).startsWith("POST", "PATCH 0").hasSize(15);
        assertThat(asked.subList(2, asked.size())).containsOnly("HEAD");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 403, 408, 409, 429, 500, 503})
    void whatCanBeGoneOnWithLaterIsKept(int status) {
        Answer[] refusals = new Answer[12];
        Arrays.fill(refusals, new Answer(status, Map.of()));
        uploadsAnswer(refusals);
        assertThat(submit()).isEqualTo("Error " + status);
        assertThat(unfinished()).isEqualTo(1);

        uploadsAnswer(new Answer(200, Map.of("Upload-Offset", "7")), COMPLETED);
        assertThat(submit()).isEqualTo("f");
        assertThat(asked).containsExactly("HEAD", "PATCH 7");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 410, 413, 422})
    void whatTheServerHasRefusedForGoodIsForgotten(int status) {
        uploadsAnswer(new Answer(status, Map.of()));

        assertThat(submit()).isEqualTo("Error " + status);
        assertThat(asked).containsExactly("POST", "PATCH 0");
        assertThat(unfinished()).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void uploadThatHasExpiredIsBegunAnew(int status) {
        uploadsAnswer(new Answer(403, Map.of()));
        submit();

        uploadsAnswer(new Answer(status, Map.of()), COMPLETED);
        assertThat(submit()).isEqualTo("f");
        assertThat(asked).containsExactly("HEAD", "POST", "PATCH 0");
    }

    @Test
    void uploadThatIsGivenUpIsEndedOnTheServerFirst() {
        uploadsAnswer(new Answer(403, Map.of()));
        submit();

        uploadsAnswer(new Answer(423, Map.of()), new Answer(423, Map.of()), NO_ANSWER, new Answer(204, Map.of()));
        assertThat(giveUp()).isEqualTo("");
        assertThat(asked).containsExactly("DELETE", "DELETE", "DELETE", "DELETE");
        assertThat(unfinished()).isEqualTo(0);
    }

    @Test
    void uploadThatTheServerDoesNotEndIsStillKnown() {
        uploadsAnswer(new Answer(403, Map.of()));
        submit();

        Answer[] away = new Answer[12];
        Arrays.fill(away, new Answer(503, Map.of()));
        uploadsAnswer(away);
        assertThat(giveUp()).isEqualTo("Error 503");
        assertThat(unfinished()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 |    | Name or password is wrong, or the account is not active.",
                "429 | 17 | Too many sign-ins or wrong passwords. Try again in 17 seconds.",
                "503 |    | Nobody can sign in at present: the server answered 503. Try again soon.",
                "0   |    | The connection to the server broke off.",
            })
    void whyNobodyCouldSignInIsSaid(int status, String retryAfter, String said) {
        signInPageIs("<form><input id=password></form>");
        page.route(ORIGIN + "/login", route -> {
            if (route.request().method().equals("POST")) {
                new Answer(status, retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter)).to(route);
            } else {
                route.fallback();
            }
        });
        askToSignIn();
        page.locator("#session [name=name]").fill("ann");
        page.locator("#session [name=password]").fill("secret");
        page.locator("#session button").click();
        page.waitForSelector("#session .alert");
        assertThat(page.locator("#session .alert").textContent().strip()).startsWith(said);
        assertThat(page.locator("#session a").count()).isZero();
    }

    @Test
    void whoSignsInElsewhereIsOfferedThatAndGoesOnWhenBack() {
        signInPageIs("<a id=provider href='/login/oidc?return=%2Fconsole%2F'>Sign in with the state</a>");
        page.route(
                ORIGIN + "/api/me",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"name\": \"Ann\"}")));
        askToSignIn();
        page.waitForSelector("#session-provider");
        assertThat(page.locator("#session-provider").textContent()).isEqualTo("Sign in with the state");
        assertThat(page.locator("#session-provider").getAttribute("href"))
                .isEqualTo(ORIGIN + "/login/oidc?return=%2Fconsole%2F");
        assertThat(page.locator("#session-provider").getAttribute("target")).isEqualTo("_blank");
        assertThat(page.locator("#session form").count())
                .as("there are no passwords here")
                .isZero();

        page.evaluate("window.dispatchEvent(new Event('focus'))");
        page.waitForFunction("document.title === 'signed in'");
        assertThat(page.locator("#session").count()).isZero();
    }

    private void signInPageIs(String body) {
        page.route(
                ORIGIN + "/login*",
                route -> route.fulfill(
                        new Route.FulfillOptions().setContentType("text/html").setBody(body)));
    }

    private void askToSignIn() {
        page.evaluate("async () => { const {askToSignIn, remember} = await import('/assets/console/lib/session.js');"
                + " remember('ann'); askToSignIn().then(() => { document.title = 'signed in'; }); }");
    }

    /** What an upload's requests other than {@code POST} are answered, one after the other. */
    private void uploadsAnswer(Answer... answers) {
        asked.clear();
        Deque<Answer> left = new ArrayDeque<>(List.of(answers));
        page.unroute(ORIGIN + "/uploads/**");
        page.route(ORIGIN + "/uploads/**", route -> {
            Request request = route.request();
            asked.add((request.method() + " " + request.headers().getOrDefault("upload-offset", "")).strip());
            left.remove().to(route);
        });
        page.unroute(ORIGIN + "/uploads");
        page.route(ORIGIN + "/uploads", route -> {
            asked.add(route.request().method());
            new Answer(201, Map.of("Location", "/uploads/7", "Upload-Offset", "0")).to(route);
        });
        page.route(
                ORIGIN + "/api/report-files/*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"id\": \"f\"}")));
    }

    private Object submit() {
        return page.evaluate("async () => { const {submitResumable} = await import('/assets/console/lib/tus.js');"
                + " const file = new File(['0123456789'], 'ä.csv', {lastModified: 1});"
                + " return submitResumable(file, {section: 's'}, () => {}, new AbortController().signal)"
                + "   .then(({id}) => id, ({status}) => `Error ${status}`); }");
    }

    private Object giveUp() {
        return page.evaluate("async () => { const {giveUp, unfinished} = await import('/assets/console/lib/tus.js');"
                + " return giveUp(Object.keys(unfinished())[0]).then(() => '', ({status}) => `Error ${status}`); }");
    }

    private Object unfinished() {
        return page.evaluate("async () => { const {unfinished} = await import('/assets/console/lib/tus.js');"
                + " return Object.keys(unfinished()).length; }");
    }

    /** @param status 0 for none at all */
    private record Answer(int status, Map<String, String> headers) {

        void to(Route route) {
            if (status == 0) {
                route.abort();
            } else {
                route.fulfill(new Route.FulfillOptions().setStatus(status).setHeaders(headers));
            }
        }
    }

    private Object run(String module, String function) {
        return page.evaluate("async () => { const placeholders = ([key, text]) =>"
                + " `${key} ${[...text.matchAll(/\\{\\w+\\}/g)].map(String).sort()}`;"
                + " return (%s)(await import('/assets/console/%s')); }".formatted(function, module));
    }
}
