/**
 * From a failure to what the client gets: the one table of status codes, the problem document (RFC 9457) and its HTML
 * twin. Features throw {@link io.reportfiles.web.problem.ProblemException}; what S3 and the database fail with is known here
 * by the exceptions of {@code storage} and {@code persistence}.
 */
package io.reportfiles.web.problem;
