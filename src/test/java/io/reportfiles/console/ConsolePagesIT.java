package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each page as such: accessible in light and dark, not too wide for a phone, quickly there. Leaves pictures of them. */
@OnServer
@Tag(OnServer.ANY_SERVER)
class ConsolePagesIT {

    private static final Api ADMIN = Api.admin();
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int FIRST_VIEW_BYTES = 200_000;

    /** What depends on the width: names, targets large enough, what scrolls reached by keyboard, headings in order. */
    private static final String[] LAYOUT = {
        "target-size", "scrollable-region-focusable", "button-name", "link-name", "heading-order"
    };

    private static final String PASSWORD = "correct horse battery staple";

    private static String code;
    private static String auditor;
    private static JsonObject file;
    private static Chromium chromium;
    private static Visitor visitor;
    private static Page page;

    @BeforeAll
    static void signIn() throws IOException, InterruptedException {
        code = "pages-" + UUID.randomUUID().toString().substring(0, 8);
        ADMIN.create("api/organisations", "{\"code\":\"%s\",\"name\":\"Pages\",\"type\":\"state\"}".formatted(code));
        ADMIN.create(
                "api/sections",
                "{\"code\":\"%s\",\"title\":\"Pages\",\"extensions\":[\"csv\"],\"maxBytes\":1000}".formatted(code));
        auditor = "auditor-of-" + code;
        ADMIN.create(
                "api/accounts",
                "{\"name\":\"%s\",\"displayName\":\"Aud\",\"password\":\"%s\",\"roles\":[\"AUDITOR\"]}"
                        .formatted(auditor, PASSWORD));
        file = submitted("long-name-".repeat(12) + ".csv");
        ADMIN.get("files/" + file.getString("id")); // a download to show
        chromium = Chromium.start();
        visitor = new Visitor(chromium, 1440);
        page = visitor.page();
        visitor.signInAsAdministrator("console/");
    }

    private static JsonObject submitted(String filename) {
        return ADMIN.submit(
                "organisation=%1$s&section=%1$s&year=2026&quarter=Q1&filename=%2$s".formatted(code, filename), "a,b");
    }

    @AfterAll
    static void stop() {
        if (visitor != null) {
            visitor.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "home",
                "files",
                "submit",
                "coverage",
                "activity",
                "transfers",
                "audit",
                "reconciler",
                "status",
                "organisations",
                "regions",
                "sections",
                "accounts",
                "tokens",
                "preferences"
            })
    void isAccessibleAndFitsAPhone(String view) throws IOException {
        visitor.show(view);
        check(page, view);
    }

    @Test
    void fileIsAccessibleAndFitsAPhone() throws IOException {
        visitor.show("file&id=" + file.getString("id"));
        check(page, "file");
    }

    @Test
    void dialogIsAccessibleAndFitsAPhone() throws IOException {
        visitor.show("accounts");
        page.locator("#add").click();
        page.waitForSelector("dialog[open]");
        check(page, "dialog");
        page.locator("dialog .btn-outline-secondary").click();
    }

    @Test
    void whatButtonsShowIsAccessibleToo() throws IOException {
        visitor.show("files");
        page.locator("#tick-all").check();
        check(page, "files-ticked");
        visitor.show("status");
        page.locator("#check-storage").click();
        page.waitForSelector("[role=status] table");
        check(page, "storage");
    }

    /** Looks at what is shown now in all forms, and leaves pictures. */
    private static void check(Page page, String name) throws IOException {
        picture(page, name);
        assertThat(Axe.violations(page)).isEmpty();

        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(Axe.violations(page, "color-contrast")).as("dark").isEmpty();
        picture(page, name + "-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));

        assertFits(page, 1024, 768);
        picture(page, name + "-tablet");
        assertFits(page, 720, 450); // what is left of 1440 by 900 at 200 % zoom
        assertFits(page, 390, 844);
        picture(page, name + "-phone");
        page.setViewportSize(1440, 900);
    }

    private static void assertFits(Page page, int width, int height) throws IOException {
        page.setViewportSize(width, height);
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels too wide at %d", width)
                .isEqualTo(0);
        assertThat(Axe.violations(page, LAYOUT)).as("at %d pixels", width).isEmpty();
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    @Test
    void pagesForStrangersAreAccessibleToo() throws IOException {
        try (Visitor stranger = new Visitor(chromium, 1440)) {
            stranger.page().navigate(Visitor.url("login"));
            assertThat(Axe.violations(stranger.page())).isEmpty();
        }
    }

    @Test
    void pagesOfErrorsAreAccessibleAndFitAPhone() throws IOException {
        page.navigate(Visitor.url("files/00000000-0000-4000-8000-000000000000"));
        assertThat(page.locator("h1").textContent()).isEqualTo("Not found");
        check(page, "not-found");
        visitor.expectComplaint("404");

        String withdrawn = submitted("withdrawn.csv").getString("id");
        ADMIN.post("api/report-files/" + withdrawn + "/withdraw");
        page.navigate(Visitor.url("files/" + withdrawn));
        assertThat(page.locator("h1").textContent()).isEqualTo("Gone");
        check(page, "gone");
        visitor.expectComplaint("410");

        Deployed.faults().set(Fault.Answer.s3Error(503, "SlowDown"));
        try {
            page.navigate(Visitor.url("files/" + file.getString("id")));
        } finally {
            Deployed.faults().lift();
        }
        assertThat(page.locator("h1").textContent()).isEqualTo("Storage unavailable");
        check(page, "storage-unavailable");
        visitor.expectComplaint("503");

        try (Visitor other = new Visitor(chromium, 1440)) {
            other.signIn(auditor, PASSWORD, "files/" + file.getString("id"));
            assertThat(other.page().locator("h1").textContent()).isEqualTo("Not allowed");
            check(other.page(), "not-allowed");
            other.expectComplaint("403");
        }
    }

    @Test
    void seeingAsAnotherAccountIsAccessibleAndFitsAPhone() throws IOException {
        visitor.show("accounts&q=" + auditor);
        page.getByLabel("See what " + auditor + " sees").click();
        page.waitForSelector(".rf-seen");
        check(page, "seeing");
        page.locator(".rf-seen button").click();
        page.waitForSelector("#nav-accounts");
    }

    @Test
    void firstViewOfTheFilesIsSmallAndKeptForEver() {
        List<Response> answers = new ArrayList<>();
        try (Visitor fresh = new Visitor(chromium, 1440)) {
            fresh.page().onResponse(answers::add);
            fresh.signInAsAdministrator("console/?view=files");
            List<Response> assets = answers.stream()
                    .filter(answer -> answer.url().matches(".*/assets/[0-9a-f]{16}/.*"))
                    .toList();

            assertThat(assets).hasSizeGreaterThan(10).allSatisfy(answer -> {
                assertThat(answer.headerValue("cache-control")).contains("immutable");
                assertThat(answer.headerValue("content-encoding")).isEqualTo("gzip");
            });
            assertThat(answers.stream()
                            .map(answer -> Optional.ofNullable(answer.headerValue("content-length")))
                            .mapToLong(length -> Long.parseLong(length.orElse("0")))
                            .sum())
                    .isLessThan(FIRST_VIEW_BYTES);
        }
    }
}
