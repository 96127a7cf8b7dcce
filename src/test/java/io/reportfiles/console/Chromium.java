package io.reportfiles.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The machine's own Chromium, without a window. To be closed. */
final class Chromium implements AutoCloseable {

    private static final String PROPERTY = "reportfiles.it.chromium";
    private static final List<String> PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/snap/bin/chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    // It runs on machines without a display, in containers with a small /dev/shm, and as root, where it has no sandbox.
    private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() throws IOException, InterruptedException {
        Path executable = require();
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable)
                                .setArgs(ARGUMENTS)));
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static Path require() throws IOException, InterruptedException {
        Optional<Path> found = find();
        if (found.isEmpty() && Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            install();
            found = find();
        }
        return found.orElseThrow(() -> new IllegalStateException(
                "The test of the console needs Chromium, and none of %s exists. Install it (Debian: apt-get install chromium) or name one with -D%s=PATH."
                        .formatted(PLACES, PROPERTY)));
    }

    private static Optional<Path> find() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(List::of).orElse(PLACES).stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    // Works on the throw-away machines that builds run on; where it is not allowed, the message above says what to do.
    private static void install() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("apt-get", "install", "--yes", "--quiet", "chromium")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroy();
        }
    }
}
