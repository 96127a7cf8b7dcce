package io.reportfiles.web.http;

import java.util.Locale;

/** What a client would rather read: an HTML page or a JSON document (RFC 9110 §12.5.1). */
public final class AcceptHeader {

    /** Browsers send some 200 characters. */
    private static final int LONGEST = 4_000;

    private AcceptHeader() {}

    /**
     * Whether {@code accept} asks for an HTML page by name, and wants JSON less. A wildcard asks for no page: that is
     * what scripts send, and what a browser sends when it does not navigate.
     *
     * @param accept value of the field, lines joined by commas; may be malformed, may be empty; as good as none if it is
     *     longer than anybody needs
     */
    public static boolean prefersHtml(String accept) {
        if (accept.length() > LONGEST) {
            return false;
        }
        double html = 0;
        double json = 0;
        for (String range : accept.split(",")) {
            String[] parts = range.split(";");
            double quality = quality(parts);
            switch (parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT)) {
                case "text/html", "application/xhtml+xml" -> html = Math.max(html, quality);
                case "application/json", "application/problem+json" -> json = Math.max(json, quality);
                default -> {}
            }
        }
        return html > json;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].split("=", 2);
            if (parameter.length == 2 && parameter[0].strip().equalsIgnoreCase("q")) {
                return parse(parameter[1].strip());
            }
        }
        return 1;
    }

    // A weight that is none counts as "not wanted": a broken header must not turn a script's answer into a page.
    private static double parse(String weight) {
        return weight.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(weight) : 0;
    }
}
