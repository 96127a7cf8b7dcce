package io.reportfiles.download;

import io.reportfiles.download.http.Body;
import io.reportfiles.download.http.Representation;
import io.reportfiles.storage.ContentSource;
import java.util.Map;
import java.util.Optional;

/**
 * A file of the application itself, which everybody may have. The array is not to be written to.
 *
 * @param bytes what it is, at most a few hundred kilobytes
 * @param sha256 their SHA-256, 64 hexadecimal digits
 * @param contentType what they are once they were decoded
 * @param contentEncoding how they have to be decoded first, where they have to
 * @param always fields of every answer, one without content, too
 * @param source where the same bytes are to be had instead; empty while they are not
 * @param sourceFailed called when it was found not to have them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PublicFile(
        byte[] bytes,
        String sha256,
        String contentType,
        Optional<String> contentEncoding,
        Map<String, String> always,
        Optional<? extends ContentSource> source,
        Runnable sourceFailed) {

    Representation representation() {
        return new Representation(
                Body.whole(bytes.length),
                sha256,
                Optional.of(sha256),
                Optional.empty(),
                contentType,
                contentEncoding,
                Optional.empty(),
                always);
    }
}
