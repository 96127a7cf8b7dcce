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
import java.util.ArrayList;
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

    private static Chromium chromium;

    private Page page;
    private final List<Request> asked = new ArrayList<>();

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
        page.route(ORIGIN + "/uploads/**", this::answerUpload);
        page.route(
                ORIGIN + "/uploads",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(201)
                        .setHeaders(Map.of("Location", "/uploads/7", "Upload-Offset", "0"))));
        page.route(
                ORIGIN + "/api/report-files/*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"id\": \"f\"}")));

        assertThat(page.evaluate(
                        "async () => { const {submitResumable, unfinished} = await import('/assets/console/lib/tus.js');"
                                + " const file = new File(['0123456789'], 'ä.csv'); const told = [];"
                                + " const {id} = await submitResumable(file, {section: 's'}, n => told.push(n), new AbortController().signal);"
                                + " return [id, told.includes(4), Object.keys(unfinished()).length].join(); }"))
                .isEqualTo("f,true,0");
        assertThat(asked)
                .extracting(
                        request -> request.method() + " " + request.headers().getOrDefault("upload-offset", ""))
                .containsExactly("PATCH 0", "HEAD ", "PATCH 4");
    }

    /** The first PATCH breaks off after four bytes. */
    private void answerUpload(Route route) {
        asked.add(route.request());
        if (asked.size() == 1) {
            route.abort();
        } else if (route.request().method().equals("HEAD")) {
            route.fulfill(new Route.FulfillOptions().setStatus(200).setHeaders(Map.of("Upload-Offset", "4")));
        } else {
            route.fulfill(new Route.FulfillOptions()
                    .setStatus(204)
                    .setHeaders(Map.of("Upload-Offset", "10", "Report-File", "f")));
        }
    }

    private Object run(String module, String function) {
        return page.evaluate("async () => { const placeholders = ([key, text]) =>"
                + " `${key} ${[...text.matchAll(/\\{\\w+\\}/g)].map(String).sort()}`;"
                + " return (%s)(await import('/assets/console/%s')); }".formatted(function, module));
    }
}
