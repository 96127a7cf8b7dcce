package io.reportfiles.submission;

import java.util.Locale;

/** How a file is submitted, which measurements tell apart: between the requests of one, days may pass. */
public enum SubmissionForm {
    /** In one request. */
    WHOLE,
    /** In as many as the line wants. */
    RESUMABLE;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
