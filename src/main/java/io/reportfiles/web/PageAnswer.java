package io.reportfiles.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Answers a list request: the page as JSON, the way to the other pages as {@code Link} headers (RFC 8288). */
public final class PageAnswer {

    private PageAnswer() {}

    /** 200 with the page. Links are relative to the host, for behind a proxy it is known by another name. */
    public static Response of(Page<?> page, UriInfo uri) {
        Response.ResponseBuilder answer = Response.ok(page, MediaType.APPLICATION_JSON_TYPE);
        links(page, uri).forEach(link -> answer.header("Link", link));
        return answer.build();
    }

    private static List<String> links(Page<?> page, UriInfo uri) {
        List<String> links = new ArrayList<>();
        links.add(link(uri, 1, "first"));
        if (page.page() > 1) {
            links.add(link(uri, Math.min(page.page() - 1, page.lastPage()), "prev"));
        }
        if (page.page() < page.lastPage() || !page.totalIsExact()) {
            links.add(link(uri, page.page() + 1, "next"));
        }
        if (page.totalIsExact()) {
            links.add(link(uri, page.lastPage(), "last"));
        }
        return links;
    }

    private static String link(UriInfo uri, long page, String relation) {
        URI target = uri.getRequestUriBuilder().replaceQueryParam("page", page).build();
        return "<%s?%s>; rel=\"%s\"".formatted(target.getRawPath(), target.getRawQuery(), relation);
    }
}
