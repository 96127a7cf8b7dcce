package io.reportfiles.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reportfiles.catalogue.Catalogue;
import io.reportfiles.catalogue.OrganisationDetails;
import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.Quarter;
import io.reportfiles.catalogue.SectionDetails;
import io.reportfiles.catalogue.SectionNames;
import io.reportfiles.web.problem.FieldError;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionRulesTest {

    private static final String WHOLE = "organisation=CA&year=2026&quarter=Q3&section=active&filename=a.csv";
    private static final OrganisationDetails CALIFORNIA =
            new OrganisationDetails("CA", "California", "state", Optional.of("west"));
    private static final SectionDetails ACTIVE =
            new SectionDetails("active", "Active Case Data", Set.of("csv", "txt"), 1_000);

    private static final SectionDetails HOST = new SectionDetails(
            "host", "Data sets", new SectionNames.Patterns(Set.of("*.ms??", "ADS.*")), 1_000, Set.of());

    private final SubmissionRules rules = new SubmissionRules(new FixedCatalogue());

    @Test
    void fieldsInOrderMakeARequest() {
        SubmissionRequest request = rules.check(QueryString.fields(WHOLE), SubmissionRulesTest::permit);
        assertThat(request.organisation()).isEqualTo(CALIFORNIA);
        assertThat(request.period()).isEqualTo(new Period(2026, Quarter.Q3));
        assertThat(request.section()).isEqualTo(ACTIVE);
        assertThat(request.fileName().value()).isEqualTo("a.csv");
        assertThat(request.contentType()).isEqualTo("text/csv");
    }

    @Test
    void everythingMissingIsToldAtOnce() {
        assertThat(errors(""))
                .extracting(FieldError::field)
                .containsExactly("organisation", "year", "quarter", "section", "filename");
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        assertThat(errors("organisation=XX&year=26&quarter=5&section=none&filename=.."))
                .extracting(FieldError::field)
                .containsExactly("organisation", "year", "quarter", "section", "filename");
    }

    @ParameterizedTest
    @CsvSource({
        "organisation=CA, organisation=XX, organisation",
        "organisation=CA, organisation=ca, organisation",
        "organisation=CA, organisation=C%00A, organisation",
        "year=2026, year=1989, year",
        "year=2026, year=9999, year",
        "year=2026, year=-2026, year",
        "year=2026, year=2026.0, year",
        "year=2026, year=99999999999999999999, year",
        "quarter=Q3, quarter=Q0, quarter",
        "quarter=Q3, quarter=Q5, quarter",
        "quarter=Q3, quarter=Summer, quarter",
        "section=active, section=other, section",
        "section=active, section=%27%3B--, section",
        "filename=a.csv, filename=a.exe, filename",
        "filename=a.csv, filename=a.csv.exe, filename",
        "filename=a.csv, filename=csv, filename",
        "filename=a.csv, filename=.csv, filename",
        "filename=a.csv, filename=..%2Fa.csv, filename",
    })
    void wrongValueIsAnErrorOfItsField(String right, String wrong, String field) {
        assertThat(errors(WHOLE.replace(right, wrong)))
                .extracting(FieldError::field)
                .containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename=a.CSV", "filename=a.Txt", "quarter=q3", "quarter=3", "year=1990"})
    void otherSpellingsAreAccepted(String parameter) {
        String name = parameter.substring(0, parameter.indexOf('='));
        String query = WHOLE.replaceAll(name + "=[^&]*", parameter);
        assertThat(rules.check(QueryString.fields(query), SubmissionRulesTest::permit))
                .isNotNull();
    }

    @Test
    void aSectionMayHavePatterns() {
        String query = WHOLE.replace("section=active", "section=host");
        SubmissionRequest request = rules.check(
                QueryString.fields(query.replace("a.csv", "ads.e2j.ftp1.ts142")), SubmissionRulesTest::permit);
        assertThat(request.fileName().value()).isEqualTo("ads.e2j.ftp1.ts142");
        assertThat(request.contentType()).isEqualTo("application/octet-stream");
        assertThat(errors(query.replace("a.csv", "README")))
                .containsExactly(
                        new FieldError("filename", "The section accepts files whose names look like *.ms??, ADS.*."));
    }

    @Test
    void whoMayNotSubmitIsNotToldWhatElseIsWrong() {
        ProblemException denied = new ProblemException(ProblemType.FORBIDDEN, "no");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> rules.check(QueryString.fields("organisation=CA"), organisation -> {
                    throw denied;
                }))
                .isSameAs(denied);
    }

    private List<FieldError> errors(String query) {
        try {
            rules.check(QueryString.fields(query), SubmissionRulesTest::permit);
            return List.of();
        } catch (ProblemException e) {
            assertThat(e.type()).isEqualTo(ProblemType.INVALID_INPUT);
            return e.errors();
        }
    }

    private static void permit(OrganisationDetails anyOrganisation) {}

    private static final class FixedCatalogue extends Catalogue {

        @Override
        public Optional<OrganisationDetails> findOrganisation(String code) {
            return Optional.of(CALIFORNIA).filter(one -> one.code().equals(code));
        }

        @Override
        public Optional<SectionDetails> findSection(String code) {
            return Stream.of(ACTIVE, HOST)
                    .filter(one -> one.code().equals(code))
                    .findFirst();
        }
    }
}
