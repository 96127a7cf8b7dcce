package io.reportfiles.web.problem;

import io.reportfiles.web.text.Html;
import io.reportfiles.web.text.PageTexts;
import java.util.Set;
import java.util.stream.Collectors;

/** A problem as a page for the person in front of a browser. */
final class ProblemPage {

    static final String CONTENT_TYPE = "text/html;charset=UTF-8";

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="%9$s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s – Report Files</title>
            <script src="%2$s/assets/theme.js"></script>
            <link rel="stylesheet" href="%2$s/assets/bootstrap.min.css">
            <link rel="stylesheet" href="%2$s/assets/report-files.css">
            <link rel="icon" href="%2$s/assets/icon.svg">
            </head>
            <body class="rf-page">
            <main class="rf-card">
            <img class="rf-mark" src="%2$s/assets/icon.svg" alt="">
            <p class="rf-status">%3$d</p>
            <h1>%1$s</h1>
            %4$s
            %5$s%7$s<p class="rf-actions">%8$s<a class="btn btn-outline-primary" href="%2$s/console/">%10$s</a></p>
            <p class="rf-fine">%11$s <code>%6$s</code></p>
            </main>
            </body>
            </html>
            """;

    private static final String AGAIN = """
            <a class="btn btn-primary" href="%s">%s</a>
            """;
    private static final String CONTACT = """
            <p>%s <strong>%s</strong></p>
            """;

    private static final Set<Integer> ASKED_ABOUT =
            Set.of(ProblemType.FORBIDDEN.status(), ProblemType.NOT_FOUND.status(), ProblemType.GONE.status());

    private ProblemPage() {}

    /** The page. */
    static String render(Problem problem, RequestFacts facts) {
        String reasons = problem.errors().stream()
                .map(error -> "<li><strong>%s</strong>: %s</li>\n"
                        .formatted(Html.escape(error.field()), Html.escape(error.message())))
                .collect(Collectors.joining());
        PageTexts texts = facts.texts();
        return PAGE.formatted(
                Html.escape(problem.title()),
                Html.escape(facts.contextPath()),
                problem.status(),
                "<p>%s</p>".formatted(Html.escape(problem.detail())),
                reasons.isEmpty() ? "" : "<ul>\n" + reasons + "</ul>\n",
                Html.escape(facts.requestId()),
                whomToAsk(problem, facts),
                canPass(problem) && facts.mayRepeat()
                        ? AGAIN.formatted(Html.escape(facts.address()), texts.text("problem.again"))
                        : "",
                texts.language(),
                texts.text("problem.home"),
                texts.text("problem.request"));
    }

    /** Where somebody else can help; what is wrong with a request, its sender mends. */
    private static String whomToAsk(Problem problem, RequestFacts facts) {
        boolean helps = problem.isOurs() || ASKED_ABOUT.contains(problem.status());
        return facts.contact().isEmpty() || !helps
                ? ""
                : CONTACT.formatted(facts.texts().text("problem.contact"), Html.escape(facts.contact()));
    }

    /** Whether the same may work a little later. */
    private static boolean canPass(Problem problem) {
        return problem.isOurs() || problem.status() == ProblemType.TOO_MANY_REQUESTS.status();
    }
}
