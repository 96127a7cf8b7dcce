package io.reportfiles.account;

import io.reportfiles.web.Html;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The sign-in page: one form that works without scripts.
 *
 * @param contextPath where the application is deployed
 * @param returnTo the path that is wanted after sign-in; empty for the start page
 * @param name what is filled in as the name
 * @param message what went wrong the last time; empty for nothing
 * @param provider what the identity provider is called; empty for none
 */
record LoginPage(String contextPath, String returnTo, String name, String message, Optional<String> provider) {

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
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
            <h1>Sign in to Report Files</h1>
            {alert}
            <form method="post" action="{context}/login">
            <input type="hidden" name="return" value="{return}">
            <div class="mb-3">
            <label class="form-label" for="name">Name</label>
            <input class="form-control" id="name" name="name" value="{name}" autocomplete="username"
             autocapitalize="none" spellcheck="false" maxlength="64" required{focusName}>
            </div>
            <div class="mb-4">
            <label class="form-label" for="password">Password</label>
            <input class="form-control" id="password" name="password" type="password"
             autocomplete="current-password" maxlength="1000" required{focusPassword}>
            </div>
            <button class="btn btn-primary w-100" type="submit">Sign in</button>
            </form>
            {provider}
            </main>
            </body>
            </html>
            """;

    private static final String PROVIDER = """
            <p class="mt-3 mb-0"><a class="btn btn-outline-secondary w-100" id="provider"\
             href="{context}/login/oidc?return={encodedReturn}">Sign in with {label}</a></p>""";

    private static final String ALERT = """
            <div class="alert alert-danger" role="alert" id="problem">{message}</div>""";

    String render() {
        boolean failed = !message.isEmpty();
        // What somebody typed comes last, so that it is not looked through for further placeholders.
        return PAGE.replace("{title}", failed ? "Sign-in failed – Report Files" : "Sign in – Report Files")
                .replace("{focusName}", failed ? "" : " autofocus")
                .replace("{focusPassword}", failed ? " autofocus aria-describedby=\"problem\"" : "")
                .replace("{alert}", failed ? ALERT.replace("{message}", Html.escape(message)) : "")
                .replace(
                        "{provider}",
                        provider.map(label -> PROVIDER.replace("{label}", Html.escape(label)))
                                .orElse(""))
                .replace("{encodedReturn}", URLEncoder.encode(returnTo, StandardCharsets.UTF_8))
                .replace("{context}", Html.escape(contextPath))
                .replace("{return}", Html.escape(returnTo))
                .replace("{name}", Html.escape(name));
    }
}
