package io.reportfiles.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/**
 * Answers failures of REST resources with problems. The implementations bring mappers of their own for validation, and
 * the closest type wins, hence more than one here.
 *
 * @param <T> what is answered
 */
abstract class FailureMapper<T extends Throwable> implements ExceptionMapper<T> {

    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(T failure) {
        if (failure instanceof WebApplicationException decided && !(failure.getCause() instanceof ProblemException)) {
            return decided(decided);
        }
        boolean carrier = failure instanceof WebApplicationException;
        return response(Failures.answer(request, carrier ? failure.getCause() : failure));
    }

    private Response decided(WebApplicationException failure) {
        Response decided = failure.getResponse();
        if (decided.getStatus() < 400) { // a redirection, or what OPTIONS may do
            return decided;
        }
        String allow = decided.getHeaderString("Allow");
        Problem problem = StatusProblem.of(decided.getStatus());
        Failures.log(request, problem, failure);
        return response(ProblemAnswer.to(
                RequestFacts.of(request), allow == null ? problem : problem.withHeaders(Map.of("Allow", allow))));
    }

    private static Response response(ProblemAnswer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        return answer.body().isEmpty()
                ? response.build()
                : response.entity(answer.octets()).build();
    }

    /** Whatever nobody else answers. */
    @Provider
    public static class OfAnything extends FailureMapper<Throwable> {}

    /** Bean Validation found something. */
    @Provider
    public static class OfViolations extends FailureMapper<ConstraintViolationException> {}

    /** Bean Validation could not do its work. */
    @Provider
    public static class OfValidation extends FailureMapper<ValidationException> {}
}
