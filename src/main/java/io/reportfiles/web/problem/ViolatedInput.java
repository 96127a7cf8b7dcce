package io.reportfiles.web.problem;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Bean Validation's findings about a request in the form that clients get. */
final class ViolatedInput {

    private ViolatedInput() {}

    /** Whether it was our own result that broke a constraint: a defect, not bad input. */
    static boolean isOurs(ConstraintViolationException failure) {
        return failure.getConstraintViolations() == null
                || failure.getConstraintViolations().isEmpty()
                || failure.getConstraintViolations().stream().anyMatch(ViolatedInput::concernsResult);
    }

    /** The findings, ordered by field so that the same input gets the same answer. */
    static List<FieldError> errors(ConstraintViolationException failure) {
        return failure.getConstraintViolations().stream()
                .map(violation -> new FieldError(field(violation.getPropertyPath()), violation.getMessage()))
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
                .toList();
    }

    private static boolean concernsResult(ConstraintViolation<?> violation) {
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.RETURN_VALUE) {
                return true;
            }
        }
        return false;
    }

    // The path begins with our method and its parameter; the client knows the parameter's members, or else its name.
    private static String field(Path path) {
        List<String> members = new ArrayList<>();
        String parameter = "";
        for (Path.Node node : path) {
            switch (node.getKind()) {
                case PARAMETER -> parameter = node.getName();
                case PROPERTY -> members.add(node.getName());
                default -> {}
            }
        }
        return members.isEmpty() ? parameter : String.join(".", members);
    }
}
