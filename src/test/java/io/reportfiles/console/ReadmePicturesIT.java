package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.reportfiles.server.Api;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Makes the pictures that the README shows: into {@code target/screenshots}, or where {@code -Dreadme.pictures=} says. Run
 * by itself it has a server without what other tests leave there.
 */
@OnServer
@Tag(OnServer.ANY_SERVER)
class ReadmePicturesIT {

    private static final Api ADMIN = Api.admin();
    private static final Path PICTURES = Path.of(System.getProperty("readme.pictures", "target/screenshots"));
    private static final int WIDTH = 960;
    private static final int MOST_BYTES = 60_000;
    private static final int COLOURS = 256;

    @Test
    void areSmall() throws IOException, InterruptedException {
        for (String organisation : List.of("Alder", "Birch", "Cedar", "Dogwood")) {
            ADMIN.create(
                    "api/organisations",
                    "{\"code\":\"%s\",\"name\":\"State of %s\",\"type\":\"state\"}"
                            .formatted(organisation.toLowerCase(Locale.ROOT), organisation));
        }
        for (String section : List.of("Active", "Aggregate", "Closed")) {
            ADMIN.create(
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
        ADMIN.get("files/" + file.getString("id")); // a download to show
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
        return ADMIN.submit(
                "organisation=%1$s&section=%2$s&year=2027&quarter=Q1&filename=%1$s-%2$s.csv"
                        .formatted(organisation, section),
                "case,opened\n1,2026-10-02\n");
    }

    private static FilePayload csv(String section) {
        return new FilePayload("%s-2027-Q1.csv".formatted(section), "text/csv", new byte[100_000]);
    }

    private static void picture(Page page, String name, int height) throws IOException {
        page.setViewportSize(WIDTH, height);
        Path file = Files.createDirectories(PICTURES).resolve(name + ".png");
        ImageIO.write(inFewColours(ImageIO.read(new ByteArrayInputStream(page.screenshot()))), "png", file.toFile());
        assertThat(Files.size(file)).as(name).isLessThan(MOST_BYTES);
    }

    /** The 256 colours that it has most of, and for all others the nearest of these: a third of the bytes. */
    private static BufferedImage inFewColours(BufferedImage picture) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                counts.merge(picture.getRGB(x, y), 1, Integer::sum);
            }
        }
        int[] colours = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .limit(COLOURS)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        BufferedImage indexed = new BufferedImage(
                picture.getWidth(),
                picture.getHeight(),
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE));
        Map<Integer, Integer> nearest = new HashMap<>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int index = nearest.computeIfAbsent(picture.getRGB(x, y), colour -> nearest(colours, colour));
                indexed.getRaster().setSample(x, y, 0, index);
            }
        }
        return indexed;
    }

    private static int nearest(int[] colours, int colour) {
        return IntStream.range(0, colours.length)
                .boxed()
                .min(Comparator.comparingInt(index -> distance(colours[index], colour)))
                .orElseThrow();
    }

    private static int distance(int one, int other) {
        int distance = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int difference = (one >> shift & 0xff) - (other >> shift & 0xff);
            distance += difference * difference;
        }
        return distance;
    }
}
