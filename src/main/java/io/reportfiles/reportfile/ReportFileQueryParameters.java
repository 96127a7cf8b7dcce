package io.reportfiles.reportfile;

import io.reportfiles.catalogue.Codes;
import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.Quarter;
import io.reportfiles.reportfile.ReportFileQuery.Versions;
import io.reportfiles.web.QueryParameters;
import io.reportfiles.web.problem.ProblemException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads the query of {@code GET /api/report-files}. */
final class ReportFileQueryParameters {

    private ReportFileQueryParameters() {}

    static ReportFileQuery read(QueryParameters parameters) {
        return new ReportFileQuery(
                code(parameters, "organisation"),
                parameters.find("year", Period::findYear, Period.YEAR_ACCEPTED),
                parameters.find("quarter", Quarter::find, Quarter.ACCEPTED),
                code(parameters, "section"),
                parameters.find("q"),
                parameters
                        .find(
                                "state",
                                ReportFileQueryParameters::states,
                                "The state has to be AVAILABLE, WITHDRAWN, RECEIVING or FAILED, or several of these"
                                        + " separated by commas.")
                        .orElse(Set.of(ReportFileState.AVAILABLE)),
                parameters
                        .find(
                                "latest",
                                ReportFileQueryParameters::versions,
                                "The parameter latest has to be true or false.")
                        .orElse(Versions.ALL),
                parameters.find("sort").map(ReportFileOrder::parse).orElse(ReportFileOrder.NEWEST_FIRST),
                parameters.page());
    }

    private static Optional<String> code(QueryParameters parameters, String name) {
        Optional<String> code = parameters.find(name);
        if (code.isPresent() && !code.map(Codes::isCode).orElseThrow()) {
            throw ProblemException.invalid(name, Codes.ACCEPTED);
        }
        return code;
    }

    private static Optional<Set<ReportFileState>> states(String text) {
        Set<ReportFileState> states = EnumSet.noneOf(ReportFileState.class);
        for (String word : text.split(",", -1)) {
            Optional<ReportFileState> state = Arrays.stream(ReportFileState.values())
                    .filter(known -> known.name().equals(word))
                    .findFirst();
            if (state.isEmpty()) {
                return Optional.empty();
            }
            states.add(state.orElseThrow());
        }
        return Optional.of(states);
    }

    private static Optional<Versions> versions(String text) {
        return switch (text) {
            case "true" -> Optional.of(Versions.LATEST);
            case "false" -> Optional.of(Versions.ALL);
            default -> Optional.empty();
        };
    }
}
