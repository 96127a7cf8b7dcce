package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Writes a form byte by byte as a test wants it, right or wrong. */
final class Form {

    static final String BOUNDARY = "----a-boundary-of-the-tests";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Form field(String name, String value) {
        return part("form-data; name=\"" + name + "\"", value.getBytes(UTF_8));
    }

    Form file(String fileName, byte[] content) {
        return part("form-data; name=\"file\"; filename=\"" + fileName + "\"", content);
    }

    /** A part with any disposition. */
    Form part(String disposition, byte[] content) {
        text("--" + BOUNDARY + "\r\nContent-Disposition: " + disposition + "\r\n\r\n");
        body.writeBytes(content);
        return text("\r\n");
    }

    Form text(String text) {
        body.writeBytes(text.getBytes(UTF_8));
        return this;
    }

    /** The form with its end. */
    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
        return whole.toByteArray();
    }

    /** What is written so far. */
    byte[] withoutEnd() {
        return body.toByteArray();
    }

    String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }
}
