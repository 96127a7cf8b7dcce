package io.reportfiles.ledger;

import io.reportfiles.access.Caller;
import io.reportfiles.web.CurrentCaller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A transfer that begins, or that was refused.
 *
 * @param file id of an existing report file; empty when what was asked for does not exist
 * @param askedFor the path, where there is no such report file; cut after 255 characters
 * @param caller who asked, empty for anonymous
 * @param remoteAddress where from
 * @param userAgent what the client calls itself, empty when it does not say; cut after 255 characters
 * @param method the HTTP method
 * @param fileBytes size of the file, empty where it was not looked at
 * @param ranges the parts asked for, none for the whole file
 */
public record NewTransfer(
        Optional<UUID> file,
        Optional<String> askedFor,
        Optional<Caller> caller,
        String remoteAddress,
        String userAgent,
        String method,
        Optional<Long> fileBytes,
        List<TransferRange> ranges) {

    public NewTransfer {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(askedFor, "askedFor");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(fileBytes, "fileBytes");
        ranges = List.copyOf(ranges);
    }

    /** What {@code request} asks for, of which nothing is known but its path. */
    public static NewTransfer of(HttpServletRequest request) {
        return new NewTransfer(
                Optional.empty(),
                Optional.of(request.getRequestURI()),
                CurrentCaller.find(request),
                request.getRemoteAddr(),
                userAgent(request),
                request.getMethod(),
                Optional.empty(),
                List.of());
    }

    /** What fetches a link before anybody has clicked it says so in a field of its own. */
    private static String userAgent(HttpServletRequest request) {
        String name = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        boolean unasked = Stream.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
                .map(request::getHeader)
                .filter(Objects::nonNull)
                .anyMatch(purpose -> purpose.startsWith("prefetch") || purpose.startsWith("preview"));
        return unasked ? "[prefetch] " + name : name;
    }

    /** The same, of an existing report file. */
    public NewTransfer ofFile(UUID id) {
        return new NewTransfer(
                Optional.of(id), Optional.empty(), caller, remoteAddress, userAgent, method, fileBytes, ranges);
    }

    /** The same, of parts of a file whose size is known. */
    public NewTransfer ofRanges(List<TransferRange> parts, long size) {
        return new NewTransfer(file, askedFor, caller, remoteAddress, userAgent, method, Optional.of(size), parts);
    }

    /** From the first byte asked for to the last, whatever lies in between; empty for the whole file. */
    Optional<TransferRange> span() {
        if (ranges.isEmpty()) {
            return Optional.empty();
        }
        long first = ranges.stream().mapToLong(TransferRange::first).min().orElseThrow();
        long end = ranges.stream().mapToLong(TransferRange::end).max().orElseThrow();
        return Optional.of(new TransferRange(first, end - first));
    }
}
