package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import io.reportfiles.server.Api;
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

    private static JsonObject file;
    private static Chromium chromium;
    private static Visitor visitor;
    private static Page page;

    @BeforeAll
    static void signIn() throws IOException, InterruptedException {
        String code = "pages-" + UUID.randomUUID().toString().substring(0, 8);
        ADMIN.create("api/organisations", "{\"code\":\"%s\",\"name\":\"Pages\",\"type\":\"state\"}".formatted(code));
        ADMIN.create(
                "api/sections",
                "{\"code\":\"%s\",\"title\":\"Pages\",\"extensions\":[\"csv\"],\"maxBytes\":1000}".formatted(code));
        file = ADMIN.submit(
                "organisation=%1$s&section=%1$s&year=2026&quarter=Q1&filename=%2$s.csv"
                        .formatted(code, "long-name-".repeat(12)),
                "a,b");
        ADMIN.get("files/" + file.getString("id")); // a download to show
        chromium = Chromium.start();
        visitor = new Visitor(chromium, 1440);
        page = visitor.page();
        visitor.signInAsAdministrator("console/");
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
        check(view);
    }

    @Test
    void fileIsAccessibleAndFitsAPhone() throws IOException {
        visitor.show("file&id=" + file.getString("id"));
        check("file");
    }

    @Test
    void dialogIsAccessibleAndFitsAPhone() throws IOException {
        visitor.show("accounts");
        page.locator("#add").click();
        page.waitForSelector("dialog[open]");
        check("dialog");
        page.locator("dialog .btn-outline-secondary").click();
    }

    @Test
    void whatButtonsShowIsAccessibleToo() throws IOException {
        visitor.show("files");
        page.locator("#tick-all").check();
        check("files-ticked");
        visitor.show("status");
        page.locator("#check-storage").click();
        page.waitForSelector("[role=status] table");
        check("storage");
    }

    /** Looks at what is shown now in all forms, and leaves pictures. */
    private static void check(String name) throws IOException {
        picture(name);
        assertThat(Axe.violations(page)).isEmpty();

        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(Axe.violations(page, "color-contrast")).as("dark").isEmpty();
        picture(name + "-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));

        assertFits(1024, 768);
        picture(name + "-tablet");
        assertFits(720, 450); // what is left of 1440 by 900 at 200 % zoom
        assertFits(390, 844);
        picture(name + "-phone");
        page.setViewportSize(1440, 900);
    }

    private static void assertFits(int width, int height) throws IOException {
        page.setViewportSize(width, height);
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels too wide at %d", width)
                .isEqualTo(0);
        assertThat(Axe.violations(page, LAYOUT)).as("at %d pixels", width).isEmpty();
    }

    private static void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    @Test
    void pagesForStrangersAreAccessibleToo() throws IOException {
        try (Visitor stranger = new Visitor(chromium, 1440)) {
            stranger.page().navigate(Visitor.url("login"));
            assertThat(Axe.violations(stranger.page())).isEmpty();
        }
        page.navigate(Visitor.url("files/00000000-0000-4000-8000-000000000000"));
        assertThat(page.locator("h1").textContent()).isEqualTo("Not found");
        assertThat(Axe.violations(page)).isEmpty();
        picture("not-found");
        visitor.expectComplaint("404");
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
