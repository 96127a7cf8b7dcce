package io.reportfiles.signin;

import io.reportfiles.web.text.Html;
import io.reportfiles.web.text.PageTexts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The sign-in page, which works without scripts: a form, a link to the identity provider, or both.
 *
 * @param contextPath where the application is deployed
 * @param returnTo the path that is wanted after sign-in; empty for the start page
 * @param form whether to ask for a name and a password
 * @param name what is filled in as the name
 * @param message what went wrong the last time; empty for nothing
 * @param provider what the identity provider is called; empty for none
 * @param texts in the reader's language
 */
record LoginPage(
        String contextPath,
        String returnTo,
        boolean form,
        String name,
        String message,
        Optional<String> provider,
        PageTexts texts) {

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{title}</title>
            <script src="{context}/assets/theme.js"></script>
            <link rel="stylesheet" href="{context}/assets/bootstrap.min.css">
            <link rel="stylesheet" href="{context}/assets/report-files.css">
            <link rel="icon" href="{context}/assets/icon.svg">
            </head>
            <body class="rf-page">
            <main class="rf-card">
            <img class="rf-mark" src="{context}/assets/icon.svg" alt="">
            <h1>{login.heading}</h1>
            {alert}
            {form}
            {provider}
            </main>
            </body>
            </html>
            """;

    private static final String FORM = """
            <form method="post" action="{context}/login">
            <input type="hidden" name="return" value="{return}">
            <div class="mb-3">
            <label class="form-label" for="name">{login.name}</label>
            <input class="form-control" id="name" name="name" value="{name}" autocomplete="username"
             autocapitalize="none" spellcheck="false" maxlength="100" required{focusName}>
            </div>
            <div class="mb-4">
            <label class="form-label" for="password">{login.password}</label>
            <input class="form-control" id="password" name="password" type="password"
             autocomplete="current-password" maxlength="1000" required{focusPassword}>
            </div>
            <button class="btn btn-primary w-100" type="submit">{login.act}</button>
            </form>""";

    private static final String PROVIDER = """
            <p class="mt-3 mb-0"><a class="btn btn-outline-secondary w-100" id="provider"\
             href="{context}/login/oidc?return={encodedReturn}">{with}</a></p>""";

    private static final String ALERT = """
            <div class="alert alert-danger" role="alert" id="problem">{message}</div>""";

    String render() {
        boolean failed = !message.isEmpty();
        // What somebody typed comes last, so that it is not looked through for further placeholders.
        return PAGE.replace("{form}", form ? FORM : "")
                .replace("{title}", texts.text(failed ? "login.failed" : "login.title"))
                .replace("{language}", texts.language())
                .replace("{login.heading}", texts.text("login.heading"))
                .replace("{login.name}", texts.text("login.name"))
                .replace("{login.password}", texts.text("login.password"))
                .replace("{login.act}", texts.text("login.act"))
                .replace("{focusName}", failed ? "" : " autofocus")
                .replace("{focusPassword}", failed ? " autofocus aria-describedby=\"problem\"" : "")
                .replace("{alert}", failed ? ALERT.replace("{message}", Html.escape(message)) : "")
                .replace(
                        "{provider}",
                        provider.map(label -> PROVIDER.replace(
                                        "{with}", texts.text("login.with").replace("{label}", Html.escape(label))))
                                .orElse(""))
                .replace("{encodedReturn}", URLEncoder.encode(returnTo, StandardCharsets.UTF_8))
                .replace("{context}", Html.escape(contextPath))
                .replace("{return}", Html.escape(returnTo))
                .replace("{name}", Html.escape(name));
    }
}
