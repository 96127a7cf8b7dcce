package io.reportfiles.console;

import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /assets/{hash}/{path}}: with the present hash a browser keeps it for ever, since with another content it has
 * another address. Without a hash, or with that of another release that still answers behind the same balancer, it asks
 * each time whether that has changed.
 */
@WebServlet("/assets/*")
public class AssetServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Pattern PATH = Pattern.compile("/(?:([0-9a-f]{16})/)?(.+)");
    private static final Pattern GZIP = Pattern.compile("(^|[\\s,])gzip\\s*($|,|;\\s*q=(1|0\\.0*[1-9]))");

    @Inject
    private transient Assets assets;

    @Inject
    private transient PublishedAssets published;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher path = PATH.matcher(Optional.ofNullable(request.getPathInfo()).orElse(""));
        Asset asset = (path.matches() ? assets.find(path.group(2)) : Optional.<Asset>empty())
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such file."));
        boolean present = assets.hash().equals(path.group(1));
        boolean compressed = Optional.ofNullable(request.getHeader("Accept-Encoding"))
                .filter(accepted -> GZIP.matcher(accepted).find())
                .isPresent();
        String tag = "\"%s%s\"".formatted(assets.hash(), compressed ? "-gzip" : "");
        response.setHeader("Cache-Control", present ? "public, max-age=31536000, immutable" : "no-cache");
        response.setHeader("Vary", "Accept-Encoding");
        response.setHeader("ETag", tag);
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] body = published
                .read(path.group(2), compressed)
                .orElseGet(() -> compressed ? asset.compressed() : asset.plain());
        response.setContentType(asset.type());
        if (compressed) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
