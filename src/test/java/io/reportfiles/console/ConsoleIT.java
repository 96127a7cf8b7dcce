package io.reportfiles.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.MouseButton;
import io.reportfiles.reportfile.FileName;
import io.reportfiles.reportfile.HostileNames;
import io.reportfiles.server.Api;
import io.reportfiles.server.OnServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with the console, in a real browser. */
@OnServer
@Tag(OnServer.ANY_SERVER)
class ConsoleIT {

    private static final Api ADMIN = Api.admin();
    private static final String HOSTILE = "<img src=x onerror=alert(1)>&amp;'.csv";
    private static final String PASSWORD = "four-words-of-an-analyst";

    private static Chromium chromium;
    private static String organisation;
    private static String section;
    private static String analyst;

    private Visitor visitor;
    private Page page;

    @BeforeAll
    static void prepare() throws Exception {
        String own = UUID.randomUUID().toString().substring(0, 8);
        organisation = "console-" + own;
        section = "section-" + own;
        analyst = "analyst-" + own;
        ADMIN.create(
                "api/organisations",
                "{\"code\":\"%s\",\"name\":\"Console of <b>%s</b>\",\"type\":\"state\"}".formatted(organisation, own));
        ADMIN.create(
                "api/sections",
                "{\"code\":\"%s\",\"title\":\"Section %s\",\"extensions\":[\"csv\"],\"maxBytes\":20000000}"
                        .formatted(section, own));
        ADMIN.create(
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
        visitor = new Visitor(chromium, 1440);
        page = visitor.page();
    }

    @AfterEach
    void close() {
        visitor.close();
    }

    @Test
    void fileIsSubmittedFoundAndFetchedUnchanged() throws IOException {
        byte[] content = randomBytes(300_000);
        signInAsAnalyst("console/?view=submit");

        visitor.submit(csv("cases.csv", content), section, "2026", "Q2");
        assertThat(page.locator(".alert-success")).containsText("Accepted as version 1: cases.csv");
        assertThat(page.locator(".rf-digest")).hasText("The digest computed here is that of the stored file.");

        visitor.show("files&year=2026&quarter=Q2");
        Locator row = page.locator("tbody tr", new Page.LocatorOptions().setHasText("cases.csv"));
        assertThat(visitor.fetched(row.locator("a[href*='/files/']"))).isEqualTo(content);
    }

    /** What the browser's own form makes of a name has to be what the console's way makes of it. */
    @Test
    void aNameIsTheSameFromTheConsoleAndFromAForm() {
        String code = section + ".n";
        ADMIN.create(
                "api/sections",
                "{\"code\":\"%s\",\"title\":\"Names\",\"names\":{\"any\":true},\"maxBytes\":1000}".formatted(code));
        signInAsAnalyst("console/?view=submit");
        String name = "Größe \"+\" 100% & =#;'.ts142";
        visitor.submit(csv(name, randomBytes(10)), code, "2026", "Q1");
        assertThat(page.locator(".alert-success")).containsText("Accepted as version 1: " + name);

        List<String> names = HostileNames.accepted().stream()
                .filter(one -> !one.contains("%22") && !one.contains("%0D")) // can't be told from escapes
                .filter(one -> !one.matches("=\\?utf-8\\?.*|.*[\\\\/].*"))
                .toList();
        assertThat(page.evaluate("""
                        async ([names, organisation, section, url]) => {
                          const answers = [];
                          for (const name of names) {
                            const form = new FormData();
                            Object.entries({organisation, year: '2026', quarter: 'Q1', section})
                              .forEach(([field, value]) => form.append(field, value));
                            form.append('file', new File(['1'], name));
                            answers.push((await (await fetch(url, {method: 'POST', body: form})).json()).filename);
                          }
                          return answers;
                        }""", List.of(names, organisation, code, Visitor.url("api/report-files"))))
                .isEqualTo(
                        names.stream().map(one -> FileName.parse(one).value()).toList());
    }

    @Test
    void aTextIsReadableInTheBrowser() {
        String code = section + ".t";
        ADMIN.create(
                "api/sections",
                "{\"code\":\"%s\",\"title\":\"Texts\",\"names\":{\"any\":true},\"maxBytes\":1000}".formatted(code));
        signInAsAnalyst("console/");
        String console = page.url();
        String address = Visitor.url("api/report-files?organisation=%s&year=2026&quarter=Q1&section=%s&filename=a.txt"
                .formatted(organisation, code));
        for (byte[] bytes : List.of("Größe".getBytes(UTF_8), "Größe".getBytes(UTF_16))) {
            Object id = page.evaluate(
                    "async ([url, bytes]) => (await (await fetch(url, {method: 'POST', body: Uint8Array.from(bytes)})).json()).id",
                    List.of(
                            address,
                            IntStream.range(0, bytes.length)
                                    .map(i -> bytes[i] & 0xFF)
                                    .boxed()
                                    .toList()));
            page.navigate(Visitor.url("files/" + id + "?disposition=inline"));
            assertThat(page.locator("body")).hasText("Größe");
            page.navigate(console);
        }
    }

    @Test
    void largeFileGoesOnAfterTheLineWasCutAndThePageReloaded(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("large.csv"), randomBytes(12 << 20));
        signInAsAnalyst("console/?view=submit");
        visitor.limitUploads(4 << 20);
        page.onDialog(Dialog::accept); // of the browser, which asks whether to leave
        page.locator("#choose").setInputFiles(file);
        visitor.describeAndSubmit(section, "2026", "Q4");
        page.waitForCondition(() ->
                ((Number) page.evaluate("document.querySelector('.rf-upload progress').value")).doubleValue() > 0.3);
        page.route("**/uploads/**", Route::abort); // so that it can't go on by itself meanwhile
        page.reload();
        assertThat(page.locator("main li")).containsText("large.csv");

        page.unroute("**/uploads/**");
        visitor.limitUploads(-1);
        List<String> offsets = new ArrayList<>();
        page.onRequest(request ->
                Optional.ofNullable(request.headers().get("upload-offset")).ifPresent(offsets::add));
        page.locator("#choose").setInputFiles(file);
        assertThat(page.locator(".rf-upload [name=quarter]")).hasValue("Q4");
        page.locator("#submit-all").click();

        assertThat(page.locator(".alert-success")).containsText("Accepted as version 1: large.csv");
        assertThat(page.locator(".rf-digest")).hasText("The digest computed here is that of the stored file.");
        assertThat(offsets).isNotEmpty().doesNotContain("0");
        visitor.expectComplaint("ERR_FAILED");
        visitor.expectComplaint("423");
    }

    @Test
    void manyFilesAreProposedFromTheirNamesAndSubmittedTogether() {
        signInAsAnalyst("console/?view=submit");
        page.locator("#choose").setInputFiles(new FilePayload[] {
            csv(section + " FY24 q3.csv", new byte[] {'a'}), csv("2023q4_" + section + ".csv", new byte[0]),
        });

        assertThat(page.locator("[name=quarter]").first()).hasValue("Q3");
        assertThat(page.locator("[name=year]").last()).hasValue("2023");
        assertThat(page.locator("[name=section]").last()).hasValue(section);
        page.locator("#submit-all").click();
        assertThat(page.locator(".alert-success")).hasCount(2);
    }

    @Test
    void severalFilesComeInOneZipFile() throws IOException {
        for (String name : List.of("one.csv", "two.csv")) {
            ADMIN.submit(
                    "organisation=%s&section=%s&year=2021&quarter=Q1&filename=%s"
                            .formatted(organisation, section, name),
                    name);
        }
        signInAsAnalyst("console/?view=files&year=2021");
        assertThat(page.locator("#download-ticked")).isHidden();
        page.locator("#tick-all").check();
        assertThat(page.locator("#download-ticked")).hasText("Download 2 files as ZIP");

        Map<String, String> contents = new HashMap<>();
        byte[] zip = visitor.fetched(page.locator("#download-ticked"));
        try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                contents.put(entry.getName(), new String(stream.readAllBytes(), UTF_8));
            }
        }
        assertThat(contents).containsOnly(Map.entry("one.csv", "one.csv"), Map.entry("two.csv", "two.csv"));
        assertThat(page.locator("#withdraw-ticked")).isHidden();
    }

    @Test
    void linkLeadsThroughTheSignInToTheFile() throws IOException {
        signInAsAnalyst("console/?view=submit");
        visitor.submit(csv("linked.csv", "a,b\n".getBytes(UTF_8)), section, "2026", "Q3");
        page.locator(".alert-success a").click();
        String link = page.locator("#link-latest code").textContent();
        visitor.loseSession();

        page.navigate(link);
        visitor.fillSignIn(analyst, PASSWORD);
        Download download = page.waitForDownload(
                () -> page.locator("main button[type=submit]").click());

        assertThat(Files.readAllBytes(download.path())).isEqualTo("a,b\n".getBytes(UTF_8));
        assertThat(download.suggestedFilename()).isEqualTo("linked.csv");
    }

    @Test
    void namesOfOthersStayInert() {
        signInAsAnalyst("console/?view=submit");
        visitor.submit(csv(HOSTILE, new byte[] {'x'}), section, "2026", "Q1");
        assertThat(page.locator(".alert-success a")).hasText(HOSTILE);

        visitor.show("files&quarter=Q1&year=2026");
        Locator row = page.locator("tbody tr").first();
        assertThat(row.locator("td").nth(1)).hasText(HOSTILE); // behind the box to tick
        assertThat(row).containsText("Console of <b>");
        assertThat(page.locator("main img").count()).isZero();

        row.locator("a").first().click();
        assertThat(page.locator("h1")).hasText(HOSTILE);
        assertThat(page.title()).startsWith(HOSTILE);
        assertThat(page.locator("main img").count()).isZero();
    }

    @Test
    void refusalShowsEveryReasonAtItsField() {
        signInAsAnalyst("console/?view=submit");
        // Past the check in the browser, which is a convenience: the server's word is what is shown.
        visitor.submit(csv("x.csv", new byte[] {'x'}), section, "1", "Q1");

        assertThat(page.locator(".alert-danger")).containsText("year");
        assertThat(page.locator("[data-error=year]")).not().isEmpty();
        visitor.expectComplaint("400"); // the browser notes every refused request
    }

    @Test
    void refusalIsInTheLanguageThatWasChosen() {
        signInAsAnalyst("console/?view=preferences");
        page.locator("[name=language]").selectOption("de");
        assertThat(page.locator("h1")).hasText("Einstellungen");
        visitor.show("submit");
        visitor.submit(csv("x.csv", new byte[] {'x'}), section, "1", "Q1");

        assertThat(page.locator(".alert-danger")).containsText("Ungültige Eingabe");
        assertThat(page.locator("[data-error=year]")).containsText("Das Jahr muss ein Geschäftsjahr von");
        assertThat(page.locator("html")).hasAttribute("lang", "de");
        visitor.expectComplaint("400");
    }

    @Test
    void listsAreExportedAsTheyAreFiltered() throws IOException {
        visitor.signInAsAdministrator("console/?view=audit&action=ORGANISATION_CREATED");
        String exported = new String(visitor.fetched(page.locator("a[href*='format=csv']")), UTF_8);
        assertThat(exported).contains("Console of <b>" + organisation.substring("console-".length()), "occurredAt");
        assertThat(exported).doesNotContain("SIGNED_IN");
    }

    @Test
    void withdrawnVersionIsGoneForItsReadersUntilItIsRestored() {
        signInAsAnalyst("console/?view=submit");
        visitor.submit(csv("withdrawn.csv", new byte[] {'x'}), section, "2025", "Q1");
        page.locator(".alert-success a").click();
        String link = page.locator("#link-this code").textContent();
        String details = page.url();
        assertThat(page.locator("#withdraw")).hasCount(0);
        try (Visitor administrator = new Visitor(chromium, 1440)) {
            administrator.signInAsAdministrator("console/" + details.substring(details.indexOf('?')));
            administrator.page().locator("#withdraw").click();
            administrator.page().locator("dialog .btn-danger").click();
            assertThat(administrator.page().locator("#restore")).isVisible();

            page.navigate(link);
            assertThat(page.locator("h1")).hasText("Gone");
            assertThat(page.locator(".rf-fine code")).hasText(Pattern.compile("\\S{8,}"));
            visitor.expectComplaint("410");

            administrator.page().locator("#restore").click();
            assertThat(administrator.page().locator("#withdraw")).isVisible();
        }
    }

    @Test
    void endedSessionLosesNothingThatWasTyped() {
        signInAsAnalyst("console/?view=tokens");
        page.locator("#add").click();
        page.locator("dialog [name=name]").fill("typed before");
        visitor.loseSession();
        page.locator("dialog button[type=submit]").click();

        page.locator("#session [name=password]").fill("wrong");
        page.locator("#session button[type=submit]").click();
        assertThat(page.locator("#session .alert")).isVisible();
        page.locator("#session [name=password]").fill(PASSWORD);
        page.locator("#session button[type=submit]").click();

        assertThat(page.locator(".rf-token code")).hasText(Pattern.compile("rf_.{20,}"));
        visitor.show("tokens");
        assertThat(page.locator("tbody")).containsText("typed before");
        visitor.expectComplaint("401");
        visitor.expectComplaint("403");
    }

    @Test
    void keyboardIsEnough() {
        signInAsAnalyst("console/?view=submit");
        page.locator("#choose").setInputFiles(csv("keys 2022 q2.csv", new byte[] {'k'})); // the dialog is the system's
        page.locator(".rf-upload [name=section]").focus();
        page.keyboard().type("Section " + section.substring("section-".length()));
        for (int i = 0; i < 2; i++) { // year and quarter, as proposed
            page.keyboard().press("Tab");
        }
        assertThat(page.locator(":focus")).hasAttribute("name", "quarter");
        page.locator("#submit-all").focus();
        page.keyboard().press("Enter");
        page.locator(".alert-success a").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("keys 2022 q2.csv");

        assertThat(page.locator("main")).isFocused();
        page.keyboard().press("Tab"); // the way back
        page.keyboard().press("Tab");
        Download download = page.waitForDownload(() -> page.keyboard().press("Enter"));
        assertThat(download.suggestedFilename()).isEqualTo("keys 2022 q2.csv");
    }

    @Test
    void analystSeesWhatIsMissingAndNoAdministration() {
        signInAsAnalyst("console/");
        assertThat(page.locator("#quarter")).containsText("not submitted yet");
        assertThat(page.locator("#nav-accounts, #nav-audit, #add")).hasCount(0);

        page.locator("#quarter .btn-primary[href*='section=" + section + "&']").click();
        page.locator("#choose").setInputFiles(csv("q.csv", new byte[] {'q'}));
        assertThat(page.locator(".rf-upload [name=section]")).hasValue(section);
    }

    @Test
    void readerSeesTheOwnDownloadsAtHome() throws IOException {
        String reader = "reader-of-" + organisation;
        ADMIN.create(
                "api/accounts",
                "{\"name\":\"%s\",\"displayName\":\"Rea\",\"password\":\"%s\",\"roles\":[\"READER\"],\"organisation\":\"%s\"}"
                        .formatted(reader, PASSWORD, organisation));
        ADMIN.submit(
                "organisation=%s&section=%s&year=2020&quarter=Q1&filename=fetched.csv".formatted(organisation, section),
                "content");
        visitor.signIn(reader, PASSWORD, "console/");
        Locator downloads = page.locator("section", new Page.LocatorOptions().setHasText("Your newest downloads"));
        assertThat(downloads).containsText("No downloads yet");

        visitor.show("files&year=2020");
        visitor.fetched(page.locator("tbody a[href*='/files/']").first());
        visitor.show("");
        assertThat(downloads.locator("tbody tr")).hasCount(1);
        assertThat(downloads).containsText("fetched.csv");
    }

    @Test
    void administratorAddsASectionAndApprovesAnAccount() throws Exception {
        visitor.signInAsAdministrator("console/?view=sections");
        String code = "added-" + section;
        page.locator("#add").click();
        page.locator("dialog [name=code]").fill(code);
        page.locator("dialog [name=title]").fill("Added");
        page.locator("dialog [name=names]").selectOption("patterns");
        page.locator("dialog [name='names.patterns']").fill("a/b");
        page.locator("dialog button[type=submit]").click();
        assertThat(page.locator("dialog [data-error='names.patterns']"))
                .containsText("A pattern has 1 to 64 characters");
        page.locator("dialog [name='names.patterns']").fill("*.ms??, ADS.*");
        page.locator("dialog button[type=submit]").click();
        assertThat(page.locator("dialog")).hasCount(0);
        visitor.expectComplaint("400");
        visitor.show("sections&q=" + code);
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tbody tr")).containsText("*.ms??, ADS.*");
        page.locator("tbody [aria-label^=Edit]").click();
        assertThat(page.locator("dialog [name='names.patterns']")).hasValue("*.ms??, ADS.*");
        page.locator("dialog [name=names]").selectOption("any");
        page.locator("dialog button[type=submit]").click();
        assertThat(page.locator("tbody tr")).containsText("any name");

        ADMIN.create(
                "api/accounts",
                "{\"name\":\"new-%s\",\"displayName\":\"New\",\"password\":\"%s\",\"roles\":[],\"state\":\"PENDING\"}"
                        .formatted(analyst, PASSWORD));
        visitor.show("accounts&q=new-" + analyst);
        page.locator("tbody [aria-label^=Approve]").click();
        assertThat(page.locator("tbody .rf-badge")).hasText("Active");
    }

    @Test
    void tokenIsShownOnceAndRevoked() throws Exception {
        signInAsAnalyst("console/?view=tokens");
        page.locator("#add").click();
        page.locator("dialog [name=name]").fill("nightly");
        page.locator("dialog button[type=submit]").click();
        assertThat(page.locator(".rf-token code")).hasText(Pattern.compile("rf_.{20,}"));
        String token = page.locator(".rf-token code").textContent();
        assertThat(Visitor.statusWithToken(token)).isEqualTo(200);

        visitor.show("tokens");
        assertThat(page.locator("main").textContent()).doesNotContain(token);
        Locator row = page.locator("tbody tr", new Page.LocatorOptions().setHasText("nightly"));
        row.locator("button").click();
        page.locator("dialog .btn-danger").click();
        assertThat(row).hasCount(0);
        assertThat(Visitor.statusWithToken(token)).isEqualTo(401);
    }

    @Test
    void signingOutEverywhereEndsTheSessionInAnotherBrowser() {
        signInAsAnalyst("console/");
        try (Visitor elsewhere = new Visitor(chromium, 1440)) {
            elsewhere.signIn(analyst, PASSWORD, "console/?view=preferences");
            elsewhere.page().locator("#sign-out-everywhere").click();
            elsewhere.page().waitForURL(Visitor.containing("/login"));
        }
        page.navigate(Visitor.url("console/"));
        assertThat(page.url()).contains("/login?return=");
    }

    @Test
    void whatIsTooMuchIsSaid() {
        signInAsAnalyst("console/");
        String sentence = "Your account may send 5 requests a minute. Wait a moment, then go on.";
        page.route(
                "**/api/report-files?**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(429)
                        .setContentType("application/problem+json")
                        .setBody("{\"status\":429,\"title\":\"Too many requests\",\"detail\":\"%s\"}"
                                .formatted(sentence))));
        page.navigate(Visitor.url("console/?view=files"));
        assertThat(page.locator("main")).containsText(sentence);
        visitor.expectComplaint("429");
    }

    @Test
    void signOutEndsTheSession() {
        signInAsAnalyst("console/");
        page.locator("#sign-out").click();
        page.waitForURL(Visitor.containing("/login"));
        page.navigate(Visitor.url("console/"));
        assertThat(page.url()).contains("/login?return=");
    }

    @Test
    void administratorSeesWhatAnAnalystSees() {
        visitor.signInAsAdministrator("console/?view=accounts&q=" + analyst);
        page.getByLabel("See what " + analyst + " sees").click();
        assertThat(page.locator(".rf-seen")).containsText("You see what " + analyst + " sees.");
        assertThat(page.locator("#nav-accounts")).hasCount(0);
        assertThat(page.locator("#nav-submit")).hasCount(1);

        visitor.show("files");
        Locator link = page.locator("tbody a[href*='/files/']").first();
        for (MouseButton button : MouseButton.values()) { // follows, opens elsewhere, offers to save
            link.click(new Locator.ClickOptions().setButton(button));
            assertThat(page.locator("#no-file")).containsText("No file is fetched here");
            page.locator("#no-file").evaluate("box => box.remove()");
        }
        assertThat(page.context().pages()).hasSize(1);

        visitor.show("tokens");
        assertThat(page.locator("main")).containsText("You only see what this account would see.");
        visitor.expectComplaint("403");
        page.locator(".rf-seen button").click();
        assertThat(page.locator("#nav-accounts")).hasCount(1);
        assertThat(page.locator(".rf-seen")).hasCount(0);
    }

    private void signInAsAnalyst(String target) {
        visitor.signIn(analyst, PASSWORD, target);
    }

    private static FilePayload csv(String name, byte[] content) {
        return new FilePayload(name, "text/csv", content);
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
