package io.reportfiles.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person in front of a browser. */
@OnServer
class ConsoleIT {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>&amp;'.csv";
    private static final String PASSWORD = "four-words-of-an-analyst";

    private static Chromium chromium;
    private static String organisation;
    private static String section;
    private static String analyst;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void prepare() throws Exception {
        String own = UUID.randomUUID().toString().substring(0, 8);
        organisation = "console-" + own;
        section = "section-" + own;
        analyst = "analyst-" + own;
        create(
                "api/organisations",
                "{\"code\":\"%s\",\"name\":\"Console of <b>%s</b>\",\"type\":\"state\"}".formatted(organisation, own));
        create(
                "api/sections",
                "{\"code\":\"%s\",\"title\":\"Section %s\",\"extensions\":[\"csv\"],\"maxBytes\":10000000}"
                        .formatted(section, own));
        create(
                "api/accounts",
                "{\"name\":\"%s\",\"displayName\":\"Ana\",\"password\":\"%s\",\"roles\":[\"ANALYST\"],\"organisation\":\"%s\"}"
                        .formatted(analyst, PASSWORD, organisation));
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
        open(1440);
    }

    @AfterEach
    void close() {
        context.close();
        assertThat(complaints)
                .as("what the browser complained about, such as the content security policy")
                .isEmpty();
    }

    @Test
    void fileIsSubmittedFoundAndFetchedUnchanged() throws IOException {
        byte[] content = randomBytes(300_000);
        signIn(analyst, PASSWORD, "console/?view=submit");

        submit(new FilePayload("cases.csv", "text/csv", content), "2026", "Q2");
        PlaywrightAssertions.assertThat(page.locator(".alert-success"))
                .containsText("Accepted as version 1: cases.csv");

        page.navigate(url("console/?view=files&year=2026&quarter=Q2"));
        assertThat(fetched(page.locator("tbody tr", new Page.LocatorOptions().setHasText("cases.csv"))
                        .getByText("Download")))
                .isEqualTo(content);
    }

    @Test
    void linkLeadsThroughTheSignInToTheFile() throws IOException {
        signIn(analyst, PASSWORD, "console/?view=submit");
        submit(new FilePayload("linked.csv", "text/csv", "a,b\n".getBytes(UTF_8)), "2026", "Q3");
        page.locator(".alert-success a").click();
        String link = page.locator("dd code", new Page.LocatorOptions().setHasText("/files/"))
                .textContent();
        context.clearCookies();

        page.navigate(link);
        fillSignIn(analyst, PASSWORD);
        Download download =
                page.waitForDownload(() -> page.getByText("Sign in").last().click());

        assertThat(Files.readAllBytes(download.path())).isEqualTo("a,b\n".getBytes(UTF_8));
        assertThat(download.suggestedFilename()).isEqualTo("linked.csv");
    }

    @Test
    void namesOfOthersStayInert() {
        signIn(analyst, PASSWORD, "console/?view=submit");
        submit(new FilePayload(HOSTILE, "text/csv", new byte[] {'x'}), "2026", "Q1");
        PlaywrightAssertions.assertThat(page.locator(".alert-success a")).hasText(HOSTILE);

        page.navigate(url("console/?view=files&quarter=Q1"));
        Locator row = page.locator("tbody tr").first();
        PlaywrightAssertions.assertThat(row.locator("td").first()).hasText(HOSTILE);
        PlaywrightAssertions.assertThat(row).containsText("Console of <b>");
        assertThat(page.locator("main img").count()).isZero();

        row.locator("a").first().click();
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText(HOSTILE);
        assertThat(page.title()).startsWith(HOSTILE);
        assertThat(page.locator("main img").count()).isZero();
    }

    @Test
    void refusalShowsEveryReasonAtItsField() {
        signIn(analyst, PASSWORD, "console/?view=submit");
        // Past the check in the browser, which is a convenience: the server's word is what is shown.
        page.locator("[name=year]").fill("1");
        page.locator("[name=quarter]").selectOption("Q1");
        page.locator("[name=section]").selectOption(section);
        page.locator("[name=file]").setInputFiles(new FilePayload("x.csv", "text/csv", new byte[] {'x'}));
        page.locator("main form button[type=submit]").click();

        PlaywrightAssertions.assertThat(page.locator(".alert-danger")).containsText("year");
        PlaywrightAssertions.assertThat(page.locator("#error-year")).not().isEmpty();
        complaints.removeIf(text -> text.contains("400")); // the browser notes every refused request
    }

    @Test
    void analystSeesNoAdministration() {
        signIn(analyst, PASSWORD, "console/");
        PlaywrightAssertions.assertThat(page.locator("nav.rf-nav a"))
                .hasText(new String[] {"Report files", "Submit a file", "Access tokens"});
    }

    @Test
    void administratorAddsASection() {
        signIn(Deployed.ADMIN, Deployed.ADMIN_PASSWORD, "console/?view=sections");
        String code = "added-" + section;
        page.getByText("New section").click();
        page.locator("dialog [name=code]").fill(code);
        page.locator("dialog [name=title]").fill("Added");
        page.locator("dialog button[type=submit]").click();

        page.waitForCondition(() -> page.locator("dialog").count() == 0);
        page.navigate(url("console/?view=sections&q=" + code));
        PlaywrightAssertions.assertThat(page.locator("tbody tr")).hasCount(1);
    }

    @Test
    void tokenIsShownOnceAndRevoked() {
        signIn(analyst, PASSWORD, "console/?view=tokens");
        page.getByText("New token").click();
        page.locator("dialog [name=name]").fill("nightly");
        page.locator("dialog button[type=submit]").click();
        PlaywrightAssertions.assertThat(page.locator(".rf-token")).hasText(Pattern.compile("rf_.{20,}"));

        page.onDialog(dialog -> dialog.accept());
        page.navigate(url("console/?view=tokens"));
        assertThat(page.locator("main").textContent()).doesNotContain("rf_A");
        page.locator("tbody button").first().click();
        PlaywrightAssertions.assertThat(page.locator(".rf-empty")).hasText("You have no tokens.");
    }

    @Test
    void signOutEndsTheSession() {
        signIn(analyst, PASSWORD, "console/");
        page.getByText("Sign out").click();
        page.waitForURL(Pattern.compile(".*/login.*"));
        page.navigate(url("console/"));
        assertThat(page.url()).contains("/login?return=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "submit", "organisations", "sections", "accounts", "tokens"})
    void phoneNeedsNoSidewaysScrolling(String view) {
        context.close();
        open(390);
        signIn(Deployed.ADMIN, Deployed.ADMIN_PASSWORD, "console/?view=" + view);
        page.waitForSelector("main h1");
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0);
    }

    private void open(int width) {
        context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setAcceptDownloads(true));
        page = context.newPage();
        page.setDefaultTimeout(30_000);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
    }

    private void signIn(String name, String password, String target) {
        page.navigate(url(target));
        fillSignIn(name, password);
        page.getByText("Sign in").last().click();
        page.waitForURL(url(target));
        page.waitForSelector("main h1");
    }

    private void fillSignIn(String name, String password) {
        page.locator("[name=name]").fill(name);
        page.locator("[name=password]").fill(password);
    }

    private void submit(FilePayload file, String year, String quarter) {
        page.locator("[name=year]").fill(year);
        page.locator("[name=quarter]").selectOption(quarter);
        page.locator("[name=section]").selectOption(section);
        page.locator("[name=file]").setInputFiles(file);
        page.locator("main form button[type=submit]").click();
        page.waitForSelector(".alert-success");
    }

    private byte[] fetched(Locator link) throws IOException {
        return Files.readAllBytes(page.waitForDownload(link::click).path());
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static String url(String path) {
        return Deployed.baseUri().resolve(path).toString();
    }

    private static void create(String path, String json) throws IOException, InterruptedException {
        String credentials = Deployed.ADMIN + ":" + Deployed.ADMIN_PASSWORD;
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(Deployed.baseUri().resolve(path))
                                .header(
                                        "Authorization",
                                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(json))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
