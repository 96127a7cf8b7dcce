package io.reportfiles.bench;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * What one writes first: the SDK's client as it comes, and a loop that copies 8 KiB at a time while the request's thread
 * waits. No database, no access check, no ledger. It is measured in a WAR and a server of its own.
 */
@WebServlet("/*")
public class NaiveServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** The environment variable that says where the origin is. */
    static final String ENDPOINT = "BENCH_ENDPOINT";

    private transient S3Client s3;

    @Override
    public void init() {
        s3 = BenchS3.builder(URI.create(System.getenv(ENDPOINT))).build();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String key = request.getPathInfo().substring(1);
        try (ResponseInputStream<GetObjectResponse> content =
                s3.getObject(get -> get.bucket(BenchS3.BUCKET).key(key))) {
            response.setContentLengthLong(content.response().contentLength());
            copy(content, response.getOutputStream());
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[8192];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
        }
    }

    @Override
    public void destroy() {
        s3.close();
    }
}
