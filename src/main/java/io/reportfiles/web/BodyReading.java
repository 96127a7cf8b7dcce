package io.reportfiles.web;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body that can't be read as what a resource takes is the client's fault, while the same exceptions thrown as an
 * answer is written are ours; only here one can tell. JSON is taken up to 64 KiB, since a resource gets it whole.
 * Submissions have no entity parameter and never come here.
 */
@Provider
public class BodyReading implements ReaderInterceptor {

    static final int MAX_JSON_BYTES = 65_536;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        try {
            if (isJson(context.getMediaType())) {
                context.setInputStream(new ByteArrayInputStream(readShort(context.getInputStream())));
            }
            return context.proceed();
        } catch (ProcessingException | JsonbException | JsonException | IOException e) {
            throw carrier(new ProblemException(
                    ProblemType.INVALID_INPUT, "The body is not JSON of the form that is accepted here."));
        } catch (ProblemException e) {
            throw carrier(e);
        }
    }

    private static boolean isJson(MediaType type) {
        return type != null && type.isCompatible(MediaType.APPLICATION_JSON_TYPE);
    }

    static byte[] readShort(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_JSON_BYTES + 1);
        if (bytes.length > MAX_JSON_BYTES) {
            throw new ProblemException(
                    ProblemType.CONTENT_TOO_LARGE, "At most %d bytes of JSON are read.".formatted(MAX_JSON_BYTES));
        }
        return bytes;
    }

    /** Both implementations let this type pass as it is, whatever the problem in it; they wrap others. */
    private static BadRequestException carrier(ProblemException problem) {
        return new BadRequestException(problem);
    }
}
