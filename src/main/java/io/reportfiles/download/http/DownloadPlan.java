package io.reportfiles.download.http;

import io.reportfiles.download.http.Preconditions.Verdict;
import io.reportfiles.download.http.RangeAnswer.Part;
import io.reportfiles.download.http.RangeAnswer.Parts;
import io.reportfiles.download.http.RangeAnswer.Unsatisfiable;
import io.reportfiles.download.http.RequestHead.Method;
import io.reportfiles.web.http.HttpDate;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a request for an existing file is answered, decided before the object store is asked: a pure function of the
 * request's head and the file's metadata, in the order of RFC 9110 §13.2.2. Immutable.
 *
 * @param status 200, 206, 304, 412 or 416
 * @param fields the header fields, in the order they are sent
 * @param body what follows the head: nothing for HEAD, an empty file and every status but 200 and 206
 */
public record DownloadPlan(int status, Map<String, String> fields, Body body) {

    public DownloadPlan {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Decides the answer for a file that the caller may read. */
    public static DownloadPlan decide(RequestHead head, Representation file, Clock clock) {
        Preconditions preconditions = new Preconditions(head, file, clock);
        Verdict verdict = preconditions.evaluate();
        if (verdict == Verdict.FAILED) {
            return new DownloadPlan(HttpServletResponse.SC_PRECONDITION_FAILED, Map.of(), Body.EMPTY);
        }
        if (verdict == Verdict.NOT_MODIFIED) {
            return new DownloadPlan(HttpServletResponse.SC_NOT_MODIFIED, notModified(head, file), Body.EMPTY);
        }
        RangeAnswer answer = head.method() == Method.GET && preconditions.rangeStands()
                ? head.single("Range")
                        .map(range -> RangeAnswer.of(range, file.size()))
                        .orElseGet(RangeAnswer.Whole::new)
                : new RangeAnswer.Whole(); // Range is defined for GET alone (§14.2)
        if (answer instanceof Unsatisfiable unsatisfiable) {
            return new DownloadPlan(
                    HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE,
                    Map.of("Content-Range", "bytes */" + unsatisfiable.size()),
                    Body.EMPTY);
        }
        return deliver(head, file, answer);
    }

    private static DownloadPlan deliver(RequestHead head, Representation file, RangeAnswer answer) {
        Map<String, String> fields = new LinkedHashMap<>();
        int status = HttpServletResponse.SC_PARTIAL_CONTENT;
        String contentType = file.contentType();
        Body body;
        if (answer instanceof Part part) {
            body = file.content().part(part.range());
            fields.put("Content-Range", Body.contentRange(part.range(), file.size()));
        } else if (answer instanceof Parts parts
                && file.contentEncoding().isEmpty()) { // it would be the parts' or the whole's
            body = Body.multipart(parts.ranges(), file);
            contentType = "multipart/byteranges; boundary=" + Body.boundary(file);
        } else {
            status = HttpServletResponse.SC_OK;
            body = file.content();
        }
        fields.put("Content-Type", contentType);
        fields.put("Content-Length", Long.toString(body.length()));
        fields.put("Accept-Ranges", "bytes");
        file.contentEncoding().ifPresent(encoding -> fields.put("Content-Encoding", encoding));
        file.filename()
                .map(name -> ContentDisposition.of(name, file.contentType(), head.presentation()))
                .ifPresent(disposition -> fields.put("Content-Disposition", disposition));
        file.reprDigest().ifPresent(digest -> fields.put("Repr-Digest", digest));
        fields.putAll(validators(file));
        fields.put("X-Content-Type-Options", "nosniff");
        fields.put("X-Accel-Buffering", "no"); // a buffering proxy would put the file on its disk
        return new DownloadPlan(status, fields, head.method() == Method.HEAD ? Body.EMPTY : body);
    }

    /** What a 304 repeats (RFC 9110 §15.4.5), and what would otherwise change what a cache keeps (RFC 9111 §3.2). */
    private static Map<String, String> notModified(RequestHead head, Representation file) {
        Map<String, String> fields = validators(file);
        if (head.method() == Method.HEAD) { // Undertow would say 0, which only the length of a 200 may be (§8.6)
            fields.put("Content-Length", Long.toString(file.size()));
        }
        return fields;
    }

    private static Map<String, String> validators(Representation file) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ETag", file.entityTag().toString());
        file.lastModified().ifPresent(date -> fields.put("Last-Modified", HttpDate.format(date)));
        fields.putAll(file.always());
        return fields;
    }

    /**
     * This plan, if it has something to answer with.
     *
     * @throws ProblemException 412 or 416
     */
    public DownloadPlan orRefusal(Representation file) {
        if (status == HttpServletResponse.SC_PRECONDITION_FAILED) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED, "The file is not the one that the request expects.");
        }
        if (status == HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE) {
            throw new ProblemException(
                    ProblemType.RANGE_NOT_SATISFIABLE,
                    "The file has %d bytes; none of them was asked for.".formatted(file.size()),
                    fields);
        }
        return this;
    }

    /** Sends the head; the body, if any, is the caller's. */
    public void writeHead(HttpServletResponse response) {
        response.setStatus(status);
        fields.forEach((name, value) -> {
            switch (name) {
                case "Content-Type" -> response.setContentType(value);
                case "Content-Length" -> response.setContentLengthLong(Long.parseLong(value));
                default -> response.setHeader(name, value);
            }
        });
    }
}
