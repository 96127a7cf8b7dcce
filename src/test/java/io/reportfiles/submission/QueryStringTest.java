package io.reportfiles.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.web.problem.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {

    @Test
    void valuesAreDecoded() {
        SubmissionFields fields =
                QueryString.fields("organisation=CA&year=2026&quarter=Q3&section=active&filename=Pr%C3%BCf+ung%2B.csv");
        assertThat(fields.require("organisation")).contains("CA");
        assertThat(fields.require("year")).contains("2026");
        assertThat(fields.require("quarter")).contains("Q3");
        assertThat(fields.require("section")).contains("active");
        assertThat(fields.require("filename")).contains("Prüf ung+.csv");
        assertThat(fields.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "%C3", "%ED%A0%80", "%C0%AF", "%4", "%zz"})
    void whatIsNotUtf8IsAnErrorOfItsField(String value) {
        SubmissionFields fields = QueryString.fields("filename=" + value);
        assertThat(fields.errors())
                .containsExactly(new FieldError("filename", "filename is not percent-encoded UTF-8."));
        assertThat(fields.require("filename")).isEmpty();
        assertThat(fields.errors()).hasSize(1);
    }

    @Test
    void parameterGivenTwiceIsAnError() {
        assertThat(QueryString.fields("year=2026&year=2025").errors())
                .containsExactly(new FieldError("year", "year is given more than once."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "year", "year=", "year=+", "&&", "=2026", "unknown=%FF", "%FF=1"})
    void missingParameterIsAnError(String query) {
        SubmissionFields fields = QueryString.fields(query);
        assertThat(fields.require("year")).isEmpty();
        assertThat(fields.errors())
                .containsExactly(new FieldError("year", "year is missing: give it as a query parameter."));
    }

    @Test
    void onlyAFileNameKeepsSpaceAroundIt() {
        SubmissionFields fields = QueryString.fields("organisation=+CA+&filename=+a.csv");
        assertThat(fields.require("organisation")).contains("CA");
        assertThat(fields.find("filename")).contains(" a.csv");
    }

    /** Which kind of client wrote it is seen by what else is escaped. */
    @ParameterizedTest
    @CsvSource({
        "a%20b+c.csv, a b+c.csv",
        "a+b%2Bc.csv, a b+c.csv",
        "a+b%2bc.csv, a b+c.csv",
        "a+b+%28c%29.csv, a b (c).csv",
        "a%20b%2Bc.csv, a b+c.csv",
        "a%20b%28c%29.csv, a b(c).csv",
    })
    void aPlusInAFileNameIsWhatItsClientMeans(String sent, String name) {
        SubmissionFields fields = QueryString.fields("filename=" + sent);
        assertThat(fields.errors()).isEmpty();
        assertThat(fields.find("filename")).contains(name);
        assertThat(fields.note()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a+b.csv, a b.csv", "a+b%20c%2Bd.csv, a b c+d.csv", "%C3%9C+b.csv, Ü b.csv", "a+++b.csv, a   b.csv"})
    void aPlusInAFileNameThatMayBeEitherIsABlankAndTheClientIsTold(String sent, String name) {
        SubmissionFields fields = QueryString.fields("section=a+b&filename=" + sent);
        assertThat(fields.errors()).isEmpty();
        assertThat(fields.find("filename")).contains(name);
        assertThat(fields.note()).contains("The + in filename was read as a blank: %2B is a plus, %20 a blank.");
    }
}
