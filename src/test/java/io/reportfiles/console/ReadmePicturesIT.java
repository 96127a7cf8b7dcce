package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.reportfiles.server.Api;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Makes the pictures that the README shows: into {@code target/screenshots}, or where {@code -Dreadme.pictures=} says. Run
 * by itself it has a server without what other tests leave there.
 */
@OnServer
@Tag(OnServer.ANY_SERVER)
class ReadmePicturesIT {

    private static final Path PICTURES = Path.of(System.getProperty("readme.pictures", "target/screenshots"));
    private static final int WIDTH = 960;
    private static final int MOST_BYTES = 60_000;

    @Test
    void areSmall() throws IOException, InterruptedException {
        for (String organisation : List.of("Alder", "Birch", "Cedar", "Dogwood")) {
            Visitor.create(
                    "api/organisations",
                    "{\"code\":\"%s\",\"name\":\"State of %s\",\"type\":\"state\"}"
                            .formatted(organisation.toLowerCase(Locale.ROOT), organisation));
        }
        for (String section : List.of("Active", "Aggregate", "Closed")) {
            Visitor.create(
                    "api/sections",
                    "{\"code\":\"%s\",\"title\":\"%s Case Data\",\"extensions\":[\"csv\"],\"maxBytes\":1000000}"
                            .formatted(section.toLowerCase(Locale.ROOT), section));
        }
        submitted("birch", "active");
        submitted("cedar", "active");
        submitted("cedar", "aggregate");
        submitted("alder", "aggregate");
        submitted("alder", "active");
        submitted("alder", "active");
        JsonObject file = submitted("alder", "active");
        Api.admin().get("files/" + file.getString("id")); // a download to show
        try (Chromium chromium = Chromium.start();
                Visitor visitor = new Visitor(chromium, WIDTH)) {
            visitor.signInAsAdministrator("console/");
            visitor.show("file&id=" + file.getString("id"));
            picture(visitor.page(), "console-file", 600);
            visitor.show("coverage&year=2027&quarter=Q1");
            picture(visitor.page(), "console-coverage", 330);
            visitor.show("submit");
            visitor.page().locator("#choose").setInputFiles(new FilePayload[] {csv("active"), csv("closed")});
            visitor.page().waitForSelector(".rf-upload");
            picture(visitor.page(), "console-submit", 700);
        }
    }

    private static JsonObject submitted(String organisation, String section) {
        return Api.admin()
                .submit(
                        "organisation=%1$s&section=%2$s&year=2027&quarter=Q1&filename=%1$s-%2$s.csv"
                                .formatted(organisation, section),
                        "case,opened\n1,2026-10-02\n");
    }

    private static FilePayload csv(String section) {
        return new FilePayload("%s-2027-Q1.csv".formatted(section), "text/csv", new byte[100_000]);
    }

    private static void picture(Page page, String name, int height) throws IOException {
        page.setViewportSize(WIDTH, height);
        Path file = PICTURES.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        assertThat(Files.size(file)).as(name).isLessThan(MOST_BYTES);
    }
}
