package io.reportfiles.submission;

import io.reportfiles.access.AccessPolicy;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.catalogue.Catalogue;
import io.reportfiles.catalogue.Codes;
import io.reportfiles.catalogue.OrganisationDetails;
import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.Quarter;
import io.reportfiles.catalogue.SectionDetails;
import io.reportfiles.catalogue.SectionNames;
import io.reportfiles.reportfile.FileName;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a submission has to say about its file. Reads the catalogue, nothing else; any number of threads may ask. All
 * that is wrong is told at once, so that a client doesn't find it out in five attempts.
 */
@ApplicationScoped
public class SubmissionRules {

    private Catalogue catalogue;

    /** For the client proxy. */
    protected SubmissionRules() {}

    @Inject
    SubmissionRules(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Refuses what can't be accepted whatever its fields say, which in a form come with the body: a client that waits to
     * be asked for that (RFC 9110 §10.1.1) keeps it.
     *
     * @param fewestBytes the fewest that the file can have
     * @throws ProblemException if the caller may not submit anything, or no section takes so much
     */
    void checkBeforeReading(Caller caller, long fewestBytes) {
        if (!AccessPolicy.permissionsOf(caller).contains(Action.SUBMIT)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Your account does not have the permission for this.");
        }
        catalogue.largestFile().filter(most -> fewestBytes > most).ifPresent(most -> {
            throw SizeLimit.exceeded(most);
        });
    }

    /**
     * Checks the fields.
     *
     * @param authorise is given the stored organisation as soon as that is known, and throws if the caller may not submit
     *     for it: who may not is not told what else would be wrong
     * @throws ProblemException with every field that is missing or not acceptable
     */
    public SubmissionRequest check(SubmissionFields fields, Consumer<OrganisationDetails> authorise) {
        Optional<OrganisationDetails> organisation = noted(
                fields,
                SubmissionFields.ORGANISATION,
                code -> coded(code).flatMap(catalogue::findOrganisation),
                "There is no organisation with this code; GET /api/organisations lists them.");
        organisation.ifPresent(authorise);
        Optional<Integer> year = noted(fields, SubmissionFields.YEAR, Period::findYear, Period.YEAR_ACCEPTED);
        Optional<Quarter> quarter = noted(fields, SubmissionFields.QUARTER, Quarter::find, Quarter.ACCEPTED);
        Optional<SectionDetails> section = noted(
                fields,
                SubmissionFields.SECTION,
                code -> coded(code).flatMap(catalogue::findSection),
                "There is no section with this code; GET /api/sections lists them.");
        Optional<FileName> name = fileName(fields);
        section.map(SectionDetails::names)
                .ifPresent(names -> name.filter(sent -> !names.accept(sent.value()))
                        .ifPresent(sent -> fields.refuse(SubmissionFields.FILE_NAME, accepted(names))));
        if (!fields.errors().isEmpty()) {
            throw ProblemException.invalid(fields.errors());
        }
        return new SubmissionRequest(
                organisation.orElseThrow(),
                new Period(year.orElseThrow(), quarter.orElseThrow()),
                section.orElseThrow(),
                name.orElseThrow());
    }

    private static <T> Optional<T> noted(
            SubmissionFields fields, String field, Function<String, Optional<T>> meaning, String otherwise) {
        Optional<String> text = fields.require(field);
        Optional<T> value = text.flatMap(meaning);
        if (text.isPresent() && value.isEmpty()) {
            fields.refuse(field, otherwise);
        }
        return value;
    }

    /** Keeps from the database what can't be a code, and what it might choke on. */
    private static Optional<String> coded(String text) {
        return Optional.of(text).filter(Codes::isCode);
    }

    private static Optional<FileName> fileName(SubmissionFields fields) {
        Optional<String> sent = fields.find(SubmissionFields.FILE_NAME); // as it is: a space at its end matters
        if (sent.isEmpty()) {
            fields.require(SubmissionFields.FILE_NAME);
        }
        try {
            return sent.map(FileName::parse);
        } catch (IllegalArgumentException e) {
            fields.refuse(SubmissionFields.FILE_NAME, e.getMessage());
            return Optional.empty();
        }
    }

    private static String accepted(SectionNames names) {
        if (names instanceof SectionNames.Patterns some) {
            return "The section accepts files whose names look like %s.".formatted(String.join(", ", some.patterns()));
        }
        SectionNames.Extensions some = (SectionNames.Extensions) names;
        return "The section accepts files whose names end in %s."
                .formatted(some.extensions().stream().map("."::concat).collect(Collectors.joining(", ")));
    }
}
