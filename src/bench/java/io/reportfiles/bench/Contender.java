package io.reportfiles.bench;

import io.reportfiles.bench.Scenario.File;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * One way to get at the files.
 *
 * @param name heads its column
 * @param files where each file is
 * @param authorization as {@link Load} wants it
 * @param process whose use of the processor counts; none for the origin, which everybody uses
 */
record Contender(String name, Map<File, URI> files, String authorization, Optional<ProcessHandle> process) {

    double cpuSeconds() {
        return process.map(ProcessUse::cpuSeconds).orElse(0.0);
    }

    double compilerSeconds() {
        return process.map(ProcessUse::compilerSeconds).orElse(0.0);
    }
}
