package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.HarContentPolicy;
import com.microsoft.playwright.options.HarMode;
import com.microsoft.playwright.options.ReducedMotion;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.Secrets;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** A person in front of a browser window of the deployed application. Closing it fails if the browser complained. */
final class Visitor implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<String> complaints = new ArrayList<>();
    private final Path recording;
    private final BrowserContext context;
    private final Page page;

    Visitor(Chromium chromium, int width) {
        recording = Path.of("target", "browser-%s.har".formatted(UUID.randomUUID()));
        context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setLocale("en-US")
                        .setReducedMotion(ReducedMotion.REDUCE) // colours are what they are, not on their way
                        .setViewportSize(width, 900)
                        .setAcceptDownloads(true)
                        .setRecordHarPath(recording)
                        .setRecordHarMode(HarMode.MINIMAL)
                        .setRecordHarContent(HarContentPolicy.EMBED));
        page = context.newPage();
        page.setDefaultTimeout(30_000);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
    }

    Page page() {
        return page;
    }

    /** Goes where only those who signed in may go, signs in, and waits for the page. */
    void signIn(String name, String password, String target) {
        page.navigate(url(target));
        fillSignIn(name, password);
        page.locator("main button[type=submit]").click();
        page.waitForURL(url(target));
        page.waitForSelector("main h1");
    }

    void signInAsAdministrator(String target) {
        signIn(Deployed.ADMIN, Deployed.ADMIN_PASSWORD, target);
    }

    void fillSignIn(String name, String password) {
        page.locator("[name=name]").fill(name);
        page.locator("[name=password]").fill(Secrets.used(password));
    }

    /** Sends no more than so many bytes a second; -1 for as many as there are. */
    void limitUploads(int bytesPerSecond) {
        JsonObject conditions = new JsonObject();
        conditions.addProperty("offline", false);
        conditions.addProperty("latency", 0);
        conditions.addProperty("downloadThroughput", -1);
        conditions.addProperty("uploadThroughput", bytesPerSecond);
        context.newCDPSession(page).send("Network.emulateNetworkConditions", conditions);
    }

    /** Loses the session, as if it had been idle for too long. */
    void loseSession() {
        context.clearCookies();
    }

    void show(String view) {
        page.navigate(url("console/?view=" + view));
        page.waitForSelector("main:not([aria-busy]) h1");
    }

    /** Chooses a file, says what it is about and sends it. */
    void submit(FilePayload file, String section, String year, String quarter) {
        page.locator("#choose").setInputFiles(file);
        describeAndSubmit(section, year, quarter);
    }

    /** Says what the one file is about that was chosen, and sends it. */
    void describeAndSubmit(String section, String year, String quarter) {
        page.locator(".rf-upload [name=section]").selectOption(section);
        page.locator(".rf-upload [name=year]").fill(year);
        page.locator(".rf-upload [name=quarter]").selectOption(quarter);
        page.locator("#submit-all").click();
    }

    byte[] fetched(Locator link) throws IOException {
        return Files.readAllBytes(page.waitForDownload(link::click).path());
    }

    /** What the browser notes about answers that the test has asked for. */
    void expectComplaint(String part) {
        complaints.removeIf(text -> text.contains(part));
    }

    @Override
    public void close() {
        context.close();
        Secrets.seenByBrowser(recording);
        assertThat(complaints)
                .as("what the browser complained about, such as the content security policy")
                .isEmpty();
    }

    static String url(String path) {
        return Deployed.baseUri().resolve(path).toString();
    }

    /** How a script is answered that has this token. */
    static int statusWithToken(String token) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(Deployed.baseUri().resolve("api/me")).header("Authorization", "Bearer " + token);
        return Secrets.seen(HTTP.send(request.build(), BodyHandlers.ofString())).statusCode();
    }

    static Pattern containing(String text) {
        return Pattern.compile(".*" + Pattern.quote(text) + ".*");
    }
}
