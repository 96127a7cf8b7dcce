package io.reportfiles.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Asks axe-core what is wrong with a page for people who do not see it, or do not use a mouse (WCAG 2.2 AA). */
final class Axe {

    private static final String SCRIPT = "/axe.min.js";
    private static final List<String> STANDARD =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static final String RUN = """
            runOnly => axe.run(document, {runOnly}).then(({violations}) => violations.map(({id, nodes}) =>
              id + ': ' + nodes.map(node => node.target.join(' ') + ' – ' + node.failureSummary).join('; ')))
            """;

    private Axe() {}

    /** What is wrong, in words. Rules are named for a part of them only. */
    static List<?> violations(Page page, String... rules) throws IOException {
        if (page.evaluate("typeof axe").equals("undefined")) {
            page.evaluate(script()); // through the debugger: the page's own policy allows no script of ours
        }
        return (List<?>) page.evaluate(RUN, rules.length == 0 ? STANDARD : List.of(rules));
    }

    private static String script() throws IOException {
        try (InputStream script = Axe.class.getResourceAsStream(SCRIPT)) {
            return new String(script.readAllBytes(), UTF_8);
        }
    }
}
