package io.reportfiles.inspection;

import java.util.Set;

/**
 * A file that is inspected.
 *
 * @param id of the report file that it is to become
 * @param fileName its name
 * @param submittedBy name of the account that submits it
 * @param checks names of the checks that it has to pass
 */
public record InspectedFile(String id, String fileName, String submittedBy, Set<String> checks) {

    public InspectedFile {
        checks = Set.copyOf(checks);
    }
}
