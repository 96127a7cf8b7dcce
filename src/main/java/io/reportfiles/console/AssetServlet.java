package io.reportfiles.console;

import io.reportfiles.download.PublicFile;
import io.reportfiles.download.PublicFiles;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /assets/{hash}/{path}}: with the present hash a browser keeps it for ever, since with another content it has
 * another address. Without a hash, or with that of another release that still answers behind the same balancer, it asks
 * each time whether that has changed. Where the bytes come from, the bucket or the application itself, it can't tell.
 */
@WebServlet(urlPatterns = "/assets/*", asyncSupported = true)
public class AssetServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Pattern PATH = Pattern.compile("/(?:([0-9a-f]{16})/)?(.+)");
    private static final Pattern GZIP = Pattern.compile("(?:^|[\\s,])gzip\\s*+(?:$|,|;\\s*+q=(?:1|0\\.0*+[1-9]))");

    @Inject
    private transient Assets assets;

    @Inject
    private transient PublishedAssets published;

    @Inject
    private transient PublicFiles files;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher path = PATH.matcher(Optional.ofNullable(request.getPathInfo()).orElse(""));
        Asset asset = (path.matches() ? assets.find(path.group(2)) : Optional.<Asset>empty())
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such file."));
        boolean present = assets.hash().equals(path.group(1));
        boolean compressed = Optional.ofNullable(request.getHeader("Accept-Encoding"))
                .filter(accepted -> GZIP.matcher(accepted).find())
                .isPresent();
        Asset.Copy copy = compressed ? asset.compressed() : asset.plain();
        PublicFile file = new PublicFile(
                copy.bytes(),
                copy.sha256(),
                asset.type(),
                compressed ? Optional.of("gzip") : Optional.empty(),
                Map.of(
                        "Cache-Control",
                        present ? "public, max-age=31536000, immutable" : "no-cache",
                        "Vary",
                        "Accept-Encoding"),
                published.find(copy),
                published::leaveAlone);
        files.answer(request, response, file);
    }
}
