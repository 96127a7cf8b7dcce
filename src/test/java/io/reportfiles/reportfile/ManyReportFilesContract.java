package io.reportfiles.reportfile;

import static io.reportfiles.persistence.ListQuery.COUNTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.access.Visibility;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.persistence.ManyRows;
import io.reportfiles.persistence.RowsRead;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.Page;
import io.reportfiles.web.QueryParameters;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How much of a long list databases read to show a page of it: as much as of one that is just long enough to be counted
 * no further. Told by the rows that statements read, which no other work on the machine changes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // loaded once
abstract class ManyReportFilesContract {

    private static final int ORGANISATIONS = 60;
    private static final int A_YEAR = ORGANISATIONS * 4 * 4 * 3; // quarters, sections, versions
    private static final int YEARS = Math.max(1, ManyRows.COUNT / A_YEAR);
    private static final int FILES = YEARS * A_YEAR;

    /** What a page costs besides: its own items, withdrawn files passed on the way, the organisations' regions. */
    private static final int LITTLE = 2_500;

    private static final Visibility EVERYTHING = new Visibility.Everything();

    private final ManyRows rows;
    private TestDatabase database;
    private TestDatabase watched;
    private RowsRead rowsRead;
    private ReportFiles files;

    ManyReportFilesContract(ManyRows rows) {
        this.rows = rows;
    }

    @BeforeAll
    void load() {
        database = rows.create();
        rows.fill(database, "insert into region select 'R' || r.n, 'Region ' || r.n, 1 from numbers(10) r");
        rows.fill(database, """
                insert into organisation (code, name, type, region_code, row_version)
                select 'O' || o.n, 'Organisation ' || o.n, 'state', 'R' || (mod(o.n, 10) + 1), 1 from numbers(%d) o""".formatted(ORGANISATIONS));
        rows.fill(database, """
                insert into section (code, title, max_bytes, row_version)
                select 'S' || s.n, 'Section ' || s.n, 1000000, 1 from numbers(4) s""");
        rows.fill(database, """
                insert into account (id, name, display_name, state, created_at, row_version)
                values ('%s', 'ann', 'Ann', 'ACTIVE', current_timestamp, 1)""".formatted(ReportFileFixture.ANN.accountId()));
        rows.fill(database, """
                insert into series
                select 'O' || o.n, 1990 + y.n, q.n, 'S' || s.n, 3, 3, 1
                from numbers(%d) o, numbers(%d) y, numbers(4) q, numbers(4) s""".formatted(ORGANISATIONS, YEARS));
        // Names that say nothing about where they are in another order; one first version in ten is withdrawn.
        rows.fill(database, """
                insert into report_file (id, organisation_code, fiscal_year, fiscal_quarter, section_code, version_number,
                    state, filename, filename_folded, content_type, object_key, bucket, object_etag, size_bytes, sha256,
                    crc32c, crc32, submitter_id, submitted_by, reserved_at, submitted_at, lease_until, cleanup_owed,
                    row_version)
                select f.id, f.organisation_code, f.fiscal_year, f.fiscal_quarter, f.section_code, f.version, f.state,
                    'File ' || f.id || '.csv', 'file ' || f.id || '.csv', 'text/csv', 'key/' || f.id, 'bucket', 'etag',
                    f.size, '%s', 'AAAAAA==', '00000000', '%s', 'ann', f.at, f.at, f.at, false, 1
                from (select new_uuid as id, s.organisation_code, s.fiscal_year,
                    s.fiscal_quarter, s.section_code, v.n as version,
                    case when v.n = 1 and mod(s.fiscal_year, 10) = 1 then 'WITHDRAWN' else 'AVAILABLE' end as state,
                    mod(s.fiscal_year * 7919 + s.fiscal_quarter * 104729 + v.n * 1299709, 999983) as size,
                    timestamp with time zone '2020-01-01 00:00:00+00' + interval '1' day * (s.fiscal_year - 1990) * 360
                    + interval '1' minute * v.n as at
                    from series s, numbers(3) v) f""".formatted("0123456789abcdef".repeat(4), ReportFileFixture.ANN.accountId()));
        database.execute("analyze"); // as databases do by themselves after a while
        rowsRead = new RowsRead(database.dataSource());
        watched = database.through(rowsRead.dataSource());
        files = new ReportFiles(
                watched.entities(), watched.transactions(), new AuditLog(watched.entities(), Clock.systemUTC()));
    }

    @AfterAll
    void drop() {
        watched.close();
        database.close();
    }

    @Test
    void aLongListIsCountedToAnEnd() {
        Page<ReportFileDetails> first = list("", EVERYTHING);
        assertThat(first.items()).hasSize(25);
        assertThat(first.total()).isEqualTo(COUNTED);
        assertThat(first.totalIsExact()).isFalse();
        Page<ReportFileDetails> further = list("size=200&page=" + (COUNTED / 200 + 1), EVERYTHING);
        assertThat(further.items()).hasSize(200);
        assertThat(further.total()).isEqualTo(COUNTED + 200);
    }

    @Test
    void aShortOneIsCountedExactly() {
        Page<ReportFileDetails> ofOne = list("organisation=O7&state=AVAILABLE,WITHDRAWN", EVERYTHING);
        assertThat(ofOne.total()).isEqualTo(FILES / ORGANISATIONS);
        assertThat(ofOne.totalIsExact()).isTrue();
        Page<ReportFileDetails> latest = list("latest=true&organisation=O7", EVERYTHING);
        assertThat(latest.total()).isEqualTo(FILES / ORGANISATIONS / 3);
    }

    @Test
    void theLastPagesAreThere() throws Exception {
        String last = "state=AVAILABLE,WITHDRAWN&sort=size&size=200&page=" + FILES / 200;
        Page<ReportFileDetails> page = list(last, EVERYTHING);
        assertThat(page.items()).isNotEmpty();
        Page<ReportFileDetails> beyond =
                list("state=AVAILABLE,WITHDRAWN&size=200&page=" + (FILES / 200 + 2), EVERYTHING);
        assertThat(beyond.items()).isEmpty();
        assertThat(beyond.total()).isEqualTo(FILES);
        assertThat(beyond.totalIsExact()).isTrue();
        assertRead(last, EVERYTHING, 3L * FILES); // who wants the end sorts the other way round
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "latest=true",
                "state=AVAILABLE,WITHDRAWN",
                "sort=filename",
                "sort=size",
                "sort=organisation",
                "sort=period",
                "sort=section",
                "sort=version",
                "q=file",
                "q=organisation",
                "page=5",
            })
    void aPageIsReadWhereItBegins(String query) throws Exception {
        assertRead(query, EVERYTHING, 2 * COUNTED + LITTLE);
    }

    /** PostgreSQL walks an index in either direction; H2 reads all and sorts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=submittedAt",
                "sort=-filename",
                "sort=-size",
                "sort=-organisation",
                "sort=-period",
                "sort=-section",
                "sort=-version",
            })
    void soItIsFromTheOtherEnd(String query) throws Exception {
        assertRead(query, EVERYTHING, rows == ManyRows.POSTGRES ? COUNTED + LITTLE : COUNTED + LITTLE + FILES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sort=filename", "sort=-size", "section=S3", "year=1991", "latest=true", "q=file"})
    void whatAnOrganisationHasIsFoundAmongItsOwn(String query) throws Exception {
        int own = FILES / ORGANISATIONS;
        assertRead(query, new Visibility.Some(Set.of("O7"), Set.of()), Math.max(8L * own, 2L * own + LITTLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"organisation=O7&year=1991&quarter=Q1", "state=RECEIVING,FAILED"})
    void littleIsReadToFindLittle(String query) throws Exception {
        assertRead(query, EVERYTHING, 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"year=1991", "year=1991&quarter=Q2", "section=S2", "quarter=Q3", "q=nowhere", "q=section 2"})
    void othersAreLookedThroughAFewTimesAtMost(String query) throws Exception {
        assertRead(query, EVERYTHING, 3L * FILES + LITTLE);
    }

    private void assertRead(String query, Visibility visibility, long most) throws Exception {
        long read = rowsRead.during(() -> list(query, visibility));
        assertThat(read).as("rows read of %d%n%s", FILES, rowsRead.plans()).isBetween(0L, most);
    }

    private Page<ReportFileDetails> list(String query, Visibility visibility) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                parameters.add(pair.split("=", -1)[0], pair.split("=", -1)[1]);
            }
        }
        return files.list(ReportFileQueryParameters.read(new QueryParameters(parameters)), visibility);
    }
}
