package io.reportfiles.download.zip;

import io.reportfiles.download.Downloads;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.web.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Hands several report files to a reader who may have each of them, as one ZIP file: {@code GET} and {@code HEAD} of
 * {@code /files.zip?id=…&id=…}. It exists nowhere but on its way, and is like a static resource all the same.
 */
@WebServlet(urlPatterns = "/files.zip", asyncSupported = true)
public class BundleServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** As many as fit into the longest address that every server takes. */
    private static final int MOST_FILES = 100;

    private static final String PARAMETER = "id=";

    @Inject
    private transient Downloads downloads;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Downloads.isRead(request, response)) {
            return;
        }
        List<String> ids = ids(Optional.ofNullable(request.getQueryString()).orElse(""));
        if (ids.isEmpty() || ids.size() > MOST_FILES) {
            throw ProblemException.invalid(
                    "id", "The parameter id has to be given once for each file, 1 to %d times.".formatted(MOST_FILES));
        }
        List<ReportFileDetails> files =
                ids.stream().map(id -> downloads.require(request, id)).toList();
        downloads.answer(request, response, Bundle.of(files), files);
    }

    /** Of the query as it stands: the container would look for parameters in the body of a GET, too. */
    private static List<String> ids(String query) {
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> pair.startsWith(PARAMETER))
                .map(pair -> pair.substring(PARAMETER.length()))
                .distinct()
                .toList();
    }
}
