package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import io.reportfiles.server.OnServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each page as such: accessible in light and dark, not too wide for a phone, quickly there. Leaves pictures of them. */
@OnServer
@Tag("browser")
class ConsolePagesIT {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int FIRST_VIEW_BYTES = 200_000;

    private static Chromium chromium;
    private static Visitor visitor;
    private static Page page;

    @BeforeAll
    static void signIn() throws IOException, InterruptedException {
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
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(view + ".png")));
        assertThat(Axe.violations(page)).isEmpty();

        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(Axe.violations(page, "color-contrast")).as("dark").isEmpty();
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(view + "-dark.png")));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));

        page.setViewportSize(390, 844);
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0);
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(view + "-phone.png")));
        page.setViewportSize(1440, 900);
        visitor.expectComplaint("404"); // what this server does not offer is asked for once and hidden
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
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("not-found.png")));
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
