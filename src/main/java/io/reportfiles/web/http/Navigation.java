package io.reportfiles.web.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a link is followed for a person, although no HTML page is asked for by name. Office programs open a link themselves
 * before they hand it to the browser, and what scans mails and previews links does so before anybody: all of them ask for
 * anything ({@code Accept: *}{@code /*}), know no session of the browser, and show a dialog of their own where they are asked
 * for a password. Led to the sign-in page, an office program hands that to the browser.
 */
public final class Navigation {

    /** What they call themselves, in lower case: a part of {@code User-Agent}. */
    private static final List<String> PROGRAMS = List.of(
            "microsoft office",
            "ms-office",
            "msoffice",
            "microsoft-webdav-miniredir",
            "microsoft outlook",
            "outlook-",
            "microsoft word",
            "microsoft excel",
            "microsoft powerpoint",
            "onenote",
            "libreoffice",
            "skypeuripreview",
            "microsoftpreview",
            "bingpreview",
            "teams/",
            "safelinks",
            "slackbot",
            "slack-imgproxy",
            "whatsapp/",
            "telegrambot",
            "linkedinbot",
            "facebookexternalhit",
            "mimecast",
            "proofpoint",
            "barracuda");

    private Navigation() {}

    /** Judges a request by what its sender says of itself. */
    public static boolean isOf(HttpServletRequest request) {
        String mode = Optional.ofNullable(request.getHeader("Sec-Fetch-Mode")).orElse("");
        return mode.equals("navigate") || isProgram(request.getHeader("User-Agent"));
    }

    /** Whether something that calls itself so follows links for people. */
    static boolean isProgram(String userAgent) {
        String name = Optional.ofNullable(userAgent).orElse("").toLowerCase(Locale.ROOT);
        return PROGRAMS.stream().anyMatch(name::contains);
    }
}
