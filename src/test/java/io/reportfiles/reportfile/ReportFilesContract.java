package io.reportfiles.reportfile;

import static io.reportfiles.reportfile.ReportFileFixture.ANN;
import static io.reportfiles.reportfile.ReportFileFixture.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.access.Visibility;
import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.Quarter;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.reportfile.ReportFileQuery.Versions;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ReportFiles} promises on every database. */
abstract class ReportFilesContract {

    private static final Visibility EVERYTHING = new Visibility.Everything();
    private static final PageRequest FIRST = new PageRequest(1, 100);

    private TestDatabase database;
    private ReportFileFixture fixture;
    private ReportFiles files;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        database = create();
        fixture = new ReportFileFixture(database);
        files = fixture.files();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void unknownIdIsNotFound() {
        assertThat(files.find(ReportFileId.random())).isEmpty();
        assertThatThrownBy(() -> files.require(ReportFileId.random()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.NOT_FOUND));
    }

    @Test
    void organisationWithoutRegionHasNoneInItsScope() {
        ReportFileDetails file = fixture.submit("BETA", PERIOD, "ACTIVE", "b.csv", 1);
        assertThat(files.require(file.id()).owner().region()).isEmpty();
    }

    @Nested
    class WithdrawnFile {

        @Test
        void isNoLongerTheLatestAndBecomesItAgain() {
            ReportFileDetails first = fixture.submit();
            ReportFileDetails second = fixture.submit();
            files.withdraw(second.id(), ANN);
            assertThat(fixture.latest()).map(ReportFileDetails::id).contains(first.id());
            files.withdraw(first.id(), ANN);
            assertThat(fixture.latest()).isEmpty();
            files.restore(second.id(), ANN);
            assertThat(fixture.latest()).map(ReportFileDetails::id).contains(second.id());
            files.restore(first.id(), ANN);
            assertThat(fixture.latest()).map(ReportFileDetails::id).contains(second.id());
        }

        @Test
        void keepsItsNumberAndItsBytes() {
            ReportFileDetails file = fixture.submit();
            ReportFileDetails withdrawn = files.withdraw(file.id(), ANN);
            assertThat(withdrawn.state()).isEqualTo(ReportFileState.WITHDRAWN);
            assertThat(withdrawn.stored()).isEqualTo(file.stored());
            assertThat(fixture.submit().version()).contains(2);
            assertThat(files.findVersion("ALPHA", PERIOD, "ACTIVE", 1)).contains(withdrawn);
        }

        @Test
        void isLeftAloneByASecondWithdrawal() {
            ReportFileDetails file = fixture.submit();
            files.withdraw(file.id(), ANN);
            files.withdraw(file.id(), ANN);
            files.restore(file.id(), ANN);
            files.restore(file.id(), ANN);
            assertThat(files.require(file.id())).isEqualTo(file);
            assertThat(fixture.auditActions()).containsExactly("FILE_RESTORED", "FILE_SUBMITTED", "FILE_WITHDRAWN");
        }

        @Test
        void wasAvailableOnce() {
            ReportFileId receiving = fixture.reserve();
            assertThatThrownBy(() -> files.withdraw(receiving, ANN))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.CONFLICT));
            assertThatThrownBy(() -> files.restore(ReportFileId.random(), ANN))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.NOT_FOUND));
        }
    }

    @Nested
    class Lists {

        private final Period next = new Period(2024, Quarter.Q4);

        @BeforeEach
        void fill() {
            fixture.submit("ALPHA", PERIOD, "ACTIVE", "Zeta_100%.csv", 30);
            fixture.submit("ALPHA", PERIOD, "ACTIVE", "alpha.csv", 20);
            fixture.submit("ALPHA", next, "AGGREGATE", "beta.csv", 10);
            fixture.submit("BETA", PERIOD, "ACTIVE", "Gamma.csv", 40);
            fixture.reserve();
        }

        @Test
        void showWhatIsAvailableTheNewestFirst() {
            assertThat(names(list(query())))
                    .containsExactlyInAnyOrder("Zeta_100%.csv", "alpha.csv", "beta.csv", "Gamma.csv");
        }

        @Test
        void filterBySeries() {
            assertThat(names(list(query().organisation("BETA")))).containsExactly("Gamma.csv");
            assertThat(names(list(query().quarter(Quarter.Q4)))).containsExactly("beta.csv");
            assertThat(names(list(query().section("AGGREGATE")))).containsExactly("beta.csv");
            assertThat(names(list(query().year(2025)))).isEmpty();
            assertThat(names(list(query().organisation("BETA")
                            .quarter(Quarter.Q3)
                            .section("ACTIVE")
                            .year(2024))))
                    .containsExactly("Gamma.csv");
        }

        @ParameterizedTest
        @CsvSource({
            "GAMMA, Gamma.csv",
            "beta_t, Gamma.csv",
            "aggregate d, beta.csv",
            "100%, Zeta_100%.csv",
            "_1, Zeta_100%.csv"
        })
        void searchNamesTitlesAndFileNames(String text, String filename) {
            assertThat(names(list(query().text(text)))).containsExactly(filename);
        }

        @ParameterizedTest
        @ValueSource(strings = {"%", "_", "!", "'", "a%c", "\\"})
        void takeWildcardsLiterally(String text) {
            assertThat(names(list(query().text(text)))).allMatch(name -> name.contains(text) || text.equals("_"));
        }

        @Test
        void searchTheSubmitter() {
            assertThat(list(query().text("ANN")).total()).isEqualTo(4);
        }

        @Test
        void showTheLatestVersionsOnly() {
            assertThat(names(list(query().versions(Versions.LATEST))))
                    .containsExactlyInAnyOrder("alpha.csv", "beta.csv", "Gamma.csv");
        }

        @Test
        void showOtherStatesWhenAsked() {
            assertThat(names(list(query().states(ReportFileState.RECEIVING)))).containsExactly("report.csv");
            assertThat(list(query().states(ReportFileState.values())).total()).isEqualTo(5);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "filename|alpha.csv,beta.csv,Gamma.csv,Zeta_100%.csv",
                    "-filename|Zeta_100%.csv,Gamma.csv,beta.csv,alpha.csv",
                    "size|beta.csv,alpha.csv,Zeta_100%.csv,Gamma.csv",
                    "-size|Gamma.csv,Zeta_100%.csv,alpha.csv,beta.csv",
                    "organisation,filename|alpha.csv,beta.csv,Zeta_100%.csv,Gamma.csv",
                    "-period,filename|beta.csv,alpha.csv,Gamma.csv,Zeta_100%.csv",
                    "-section,-version,filename|beta.csv,alpha.csv,Gamma.csv,Zeta_100%.csv",
                })
        void sort(String sort, String filenames) {
            assertThat(names(list(query().order(ReportFileOrder.parse(sort))))).containsExactly(filenames.split(","));
        }

        @Test
        void comeInPages() {
            ReportFileOrder order = ReportFileOrder.parse("filename");
            Page<ReportFileDetails> second = list(query().order(order).page(new PageRequest(2, 3)));
            assertThat(names(second)).containsExactly("Zeta_100%.csv");
            assertThat(second.total()).isEqualTo(4);
            Page<ReportFileDetails> beyond = list(query().order(order).page(new PageRequest(1_000_000, 200)));
            assertThat(beyond.items()).isEmpty();
            assertThat(beyond.total()).isEqualTo(4);
        }

        @Test
        void showOnlyWhatIsVisible() {
            assertThat(names(files.list(query().build(), new Visibility.Some(Set.of("BETA"), Set.of()))))
                    .containsExactly("Gamma.csv");
            assertThat(files.list(query().build(), new Visibility.Some(Set.of(), Set.of("NORTH")))
                            .total())
                    .isEqualTo(3);
            assertThat(files.list(query().build(), new Visibility.Some(Set.of("BETA"), Set.of("NORTH")))
                            .total())
                    .isEqualTo(4);
            assertThat(files.list(query().build(), new Visibility.Some(Set.of(), Set.of()))
                            .total())
                    .isZero();
        }

        @Test
        void filterNeverWidensWhatIsVisible() {
            Visibility beta = new Visibility.Some(Set.of("BETA"), Set.of());
            assertThat(files.list(query().organisation("ALPHA").build(), beta).total())
                    .isZero();
        }
    }

    @Nested
    class VersionsOfAFile {

        @Test
        void areThoseOfTheSeriesTheLastFirst() {
            List<ReportFileDetails> submitted =
                    IntStream.range(0, 3).mapToObj(i -> fixture.submit()).toList();
            fixture.submit("BETA", PERIOD, "ACTIVE", "other.csv", 1);
            fixture.reserve();
            files.withdraw(submitted.get(1).id(), ANN);
            assertThat(files.versions(submitted.get(0), FIRST).items())
                    .extracting(ReportFileDetails::version)
                    .containsExactly(Optional.of(3), Optional.of(2), Optional.of(1));
        }

        @Test
        void thatDoNotExistAreNotFound() {
            fixture.submit();
            assertThat(files.findVersion("ALPHA", PERIOD, "ACTIVE", 2)).isEmpty();
            assertThat(files.findLatest("ALPHA", PERIOD, "AGGREGATE")).isEmpty();
            assertThat(files.findLatest("NOBODY", PERIOD, "ACTIVE")).isEmpty();
        }
    }

    private Page<ReportFileDetails> list(QueryBuilder query) {
        return files.list(query.build(), EVERYTHING);
    }

    private static List<String> names(Page<ReportFileDetails> page) {
        assertThat(page.items()).hasSizeLessThanOrEqualTo((int) page.total());
        return page.items().stream().map(ReportFileDetails::filename).toList();
    }

    private static QueryBuilder query() {
        return new QueryBuilder();
    }

    /** All available files, but for what a test asks for. */
    private static final class QueryBuilder {

        private Optional<String> organisation = Optional.empty();
        private Optional<Integer> year = Optional.empty();
        private Optional<Quarter> quarter = Optional.empty();
        private Optional<String> section = Optional.empty();
        private Optional<String> text = Optional.empty();
        private Set<ReportFileState> states = Set.of(ReportFileState.AVAILABLE);
        private Versions versions = Versions.ALL;
        private ReportFileOrder order = ReportFileOrder.NEWEST_FIRST;
        private PageRequest page = FIRST;

        QueryBuilder organisation(String value) {
            organisation = Optional.of(value);
            return this;
        }

        QueryBuilder year(int value) {
            year = Optional.of(value);
            return this;
        }

        QueryBuilder quarter(Quarter value) {
            quarter = Optional.of(value);
            return this;
        }

        QueryBuilder section(String value) {
            section = Optional.of(value);
            return this;
        }

        QueryBuilder text(String value) {
            text = Optional.of(value);
            return this;
        }

        QueryBuilder states(ReportFileState... values) {
            states = Set.copyOf(Stream.of(values).toList());
            return this;
        }

        QueryBuilder versions(Versions value) {
            versions = value;
            return this;
        }

        QueryBuilder order(ReportFileOrder value) {
            order = value;
            return this;
        }

        QueryBuilder page(PageRequest value) {
            page = value;
            return this;
        }

        ReportFileQuery build() {
            return new ReportFileQuery(organisation, year, quarter, section, text, states, versions, order, page);
        }
    }
}
