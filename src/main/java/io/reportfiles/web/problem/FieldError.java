package io.reportfiles.web.problem;

/**
 * One thing wrong with the input.
 *
 * @param field name of the parameter, form field or JSON member
 * @param message one sentence: what was wrong and what is accepted
 */
public record FieldError(String field, String message) {}
