package io.reportfiles.bench;

/** A row of the table. */
enum Measure {
    ONE("one large file, rate", Form.RATIO),
    EIGHT("8 streams at once, rate", Form.RATIO),
    MEDIUM("1 MiB x 32 connections, rate", Form.RATIO),
    SMALL("4 KiB x 32 connections, rate", Form.RATIO),
    FIRST_BYTE("first byte of a large file, ms", Form.AS_IS),
    CPU_PER_GIB("CPU, s per GiB", Form.AS_IS),
    CPU_PER_REQUEST("CPU, microseconds per 4 KiB file", Form.AS_IS),
    UPLOAD("upload of a large file, rate", Form.RATIO),
    RESIDENT("resident at most, MiB", Form.AS_IS),
    HEAP("heap at most, MiB", Form.AS_IS);

    /** How a row is shown. */
    enum Form {
        /** As part of what the direct transfer reaches. */
        RATIO,
        AS_IS
    }

    private final String title;
    private final Form form;

    Measure(String title, Form form) {
        this.title = title;
        this.form = form;
    }

    String title() {
        return title;
    }

    Form form() {
        return form;
    }
}
