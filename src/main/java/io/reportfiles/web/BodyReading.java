package io.reportfiles.web;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/**
 * A body that can't be read as what a resource takes is the client's fault, while the same exceptions thrown as an
 * answer is written are ours; only here one can tell.
 */
@Provider
public class BodyReading implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        try {
            return context.proceed();
        } catch (ProcessingException | JsonbException | JsonException | IOException e) {
            // Both implementations let this type pass as it is; they wrap others in exceptions of their own.
            throw new BadRequestException(new ProblemException(
                    ProblemType.INVALID_INPUT, "The body is not JSON of the form that is accepted here."));
        }
    }
}
