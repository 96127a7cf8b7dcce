package io.reportfiles.operations;

import java.util.Map;

/**
 * How something that this node needs is doing.
 *
 * @param up whether this node can do its work as far as this goes
 * @param data what a monitor may see of it; the answer is public, so no names and addresses of the inside
 * @param explanation one sentence for the log
 */
record CheckResult(boolean up, Map<String, String> data, String explanation) {

    CheckResult {
        data = Map.copyOf(data);
    }

    static CheckResult down(String state, String explanation) {
        return new CheckResult(false, Map.of("state", state), explanation);
    }
}
