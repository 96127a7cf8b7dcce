package io.reportfiles.dev;

/** Why the run command can not go on, in one sentence for whoever started it. */
final class RunFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunFailure(String sentence) {
        super(sentence);
    }
}
