package io.reportfiles.submission.tus;

import io.reportfiles.config.SenderSettings;
import io.reportfiles.submission.ClientBody;
import io.reportfiles.submission.MinimumRate;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request says in the protocol's header fields; what is wrong with them is a problem of that field. */
final class TusRequest {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final HttpServletRequest request;
    private final SenderSettings senders;
    private Optional<ClientBody> body = Optional.empty();

    TusRequest(HttpServletRequest request, SenderSettings senders) {
        this.request = request;
        this.senders = senders;
    }

    /** {@code Upload-Length} of a new upload; that it be told later, or be made of others, is not offered. */
    long requireLength() {
        if (header(Tus.CONCAT).isPresent()) {
            throw ProblemException.invalid(Tus.CONCAT, "Uploads are not made of others here; send the file as one.");
        }
        if (header(Tus.DEFER_LENGTH).isPresent()) {
            throw ProblemException.invalid(
                    Tus.DEFER_LENGTH, "The length has to be known when an upload begins: send Upload-Length.");
        }
        return requireNumber(Tus.LENGTH);
    }

    /** {@code Upload-Offset}, where the body belongs. */
    long requireOffset() {
        return requireNumber(Tus.OFFSET);
    }

    /** {@code Upload-Metadata}. */
    UploadMetadata metadata() {
        return UploadMetadata.parse(header(UploadMetadata.HEADER));
    }

    /** {@code Upload-Checksum}, if there is one. */
    Optional<UploadChecksum> checksum() {
        return header(UploadChecksum.HEADER).map(UploadChecksum::parse);
    }

    /** The body, which has to be of the protocol's type; nothing is read yet. */
    ClientBody requireBody() throws IOException {
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase(Tus.CONTENT_TYPE)) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body has to be sent as %s.".formatted(Tus.CONTENT_TYPE));
        }
        ClientBody.requireUnencoded(request);
        body = Optional.of(
                new ClientBody(request.getInputStream(), request.getContentLengthLong(), new MinimumRate(senders)));
        return body.get();
    }

    /** As {@link #requireBody}, of a request that may have none. */
    Optional<ClientBody> findBody() throws IOException {
        return hasBody() ? Optional.of(requireBody()) : Optional.empty();
    }

    /** What is still under way must not be taken for a request. */
    void closeUnlessRead(HttpServletResponse response) {
        boolean read = body.map(ClientBody::isRead).orElseGet(() -> !hasBody());
        if (!read && request.getProtocol().startsWith("HTTP/1")) {
            response.setHeader("Connection", "close");
        }
    }

    private boolean hasBody() {
        return request.getContentLengthLong() > 0 || header("Transfer-Encoding").isPresent();
    }

    private long requireNumber(String name) {
        return header(name)
                .map(String::strip)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Long::parseLong)
                .orElseThrow(
                        () -> ProblemException.invalid(name, "%s is missing, or no number of bytes.".formatted(name)));
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }
}
