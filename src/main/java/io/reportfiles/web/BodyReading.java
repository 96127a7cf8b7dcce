package io.reportfiles.web;

import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * A body that can't be read as what a resource takes is the client's fault, while the same exceptions thrown as an
 * answer is written are ours; only here one can tell. JSON has to be whole before anything binds it ({@link JsonText}).
 * Submissions have no entity parameter and never come here.
 */
@Provider
public class BodyReading implements ReaderInterceptor {

    private static final String MEMBERS = BodyReading.class.getName() + ".members";

    @Context
    private HttpServletRequest request;

    /** The names of the members that the JSON object in the body of {@code request} has. */
    public static Set<String> membersOf(HttpServletRequest request) {
        return Optional.ofNullable((JsonText) request.getAttribute(MEMBERS))
                .map(JsonText::members)
                .orElse(Set.of());
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        try {
            if (isJson(context.getMediaType())) {
                byte[] octets = context.getInputStream().readNBytes(ShortBody.MAX_BYTES);
                request.setAttribute(MEMBERS, JsonText.read(octets));
                context.setInputStream(new ByteArrayInputStream(octets));
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

    /** Both implementations let this type pass as it is, whatever the problem in it; they wrap others. */
    private static BadRequestException carrier(ProblemException problem) {
        return new BadRequestException(problem);
    }
}
