package io.reportfiles.reportfile;

import static io.reportfiles.server.Api.items;
import static io.reportfiles.server.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The metadata of report files over HTTP. */
@OnServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportFileApiIT {

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String own = "Own-" + unique;
    private final String foreign = "Foreign-" + unique;
    private final String region = "Region-" + unique;
    private final String section = "Section-" + unique;
    private final Api admin = Api.admin();

    private Api analyst;
    private Api reviewer;
    private Api auditor;
    private JsonObject first;
    private JsonObject second;
    private JsonObject other;

    @BeforeAll
    void fill() {
        created(admin.post("api/regions", "{\"code\":\"%s\",\"name\":\"A region\"}".formatted(region)));
        created(admin.post(
                "api/organisations",
                "{\"code\":\"%s\",\"name\":\"Own %s\",\"type\":\"state\",\"region\":\"%s\"}"
                        .formatted(own, unique, region)));
        created(admin.post(
                "api/organisations", "{\"code\":\"%s\",\"name\":\"Foreign\",\"type\":\"tribe\"}".formatted(foreign)));
        created(admin.post(
                "api/sections",
                "{\"code\":\"%s\",\"title\":\"Title %s\",\"extensions\":[\"csv\"],\"maxBytes\":1000}"
                        .formatted(section, unique)));
        analyst = admin.accountWith("ANALYST", own, "");
        reviewer = admin.accountWith("REGIONAL_REVIEWER", "", region);
        auditor = admin.accountWith("AUDITOR", "", "");
        first = analyst.submit(query(own, "Q3", "first%20one.csv"), "1");
        second = analyst.submit(query(own, "Q3", "second.csv"), "22");
        other = admin.submit(query(foreign, "Q4", "other.csv"), "333");
    }

    private String query(String organisation, String quarter, String filename) {
        return "organisation=%s&year=2025&quarter=%s&section=%s&filename=%s"
                .formatted(organisation, quarter, section, filename);
    }

    @Nested
    class OneFile {

        @Test
        void isShownWithAllThatIsKnown() {
            JsonObject file = json(analyst.get("api/report-files/" + id(first)));
            assertThat(file).isEqualTo(first);
            assertThat(file.getString("organisation")).isEqualTo(own);
            assertThat(file.getInt("year")).isEqualTo(2025);
            assertThat(file.getString("quarter")).isEqualTo("Q3");
            assertThat(file.getString("section")).isEqualTo(section);
            assertThat(file.getInt("version")).isEqualTo(1);
            assertThat(file.getString("state")).isEqualTo("AVAILABLE");
            assertThat(file.getString("filename")).isEqualTo("first one.csv");
            assertThat(file.getInt("size")).isEqualTo(1);
            assertThat(file.getString("sha256"))
                    .isEqualTo("6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b");
            assertThat(Instant.parse(file.getString("submittedAt")))
                    .isBefore(Instant.now().plusSeconds(60));
            assertThat(file.getString("submittedBy")).startsWith("analyst.");
            assertThat(file.getJsonObject("links").getString("download"))
                    .isEqualTo("/files/%s/first%%20one.csv", id(first));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "x", "1-1-1-1-1", "00000000-0000-4000-8000-000000000000", "a%20b", "%E2%82%AC"})
        void ofAnUnknownOrMalformedIdIsNotFound(String id) {
            HttpResponse<String> answer = analyst.get("api/report-files/" + id);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "/versions", "/transfers"})
        void ofAnotherOrganisationIsForbidden(String part) {
            assertThat(analyst.get("api/report-files/" + id(other) + part).statusCode())
                    .isEqualTo(403);
        }

        @Test
        void wantsCredentials() {
            assertThat(Api.anonymously("api/report-files/" + id(first)).statusCode())
                    .isEqualTo(401);
            assertThat(Api.anonymously("api/report-files").statusCode()).isEqualTo(401);
        }
    }

    @Nested
    class Lists {

        @Test
        void showTheOwnOrganisation() {
            HttpResponse<String> answer = analyst.get("api/report-files");
            assertThat(items(answer, "id")).containsExactly(id(second), id(first));
            assertThat(json(answer).getInt("page")).isEqualTo(1);
            assertThat(json(answer).getInt("size")).isEqualTo(25);
            assertThat(json(answer).getInt("total")).isEqualTo(2);
        }

        @Test
        void areCountedAsTheyAreShown() {
            for (Api caller : List.of(analyst, reviewer)) {
                JsonObject group = json(caller.get("api/report-files/summary?by=organisation"))
                        .getJsonArray("items")
                        .getJsonObject(0);
                assertThat(group.getString("organisation")).isEqualTo(own);
                assertThat(group.getInt("files")).isEqualTo(2);
            }
            assertThat(json(Api.admin().get("api/report-files/summary")).getJsonArray("items"))
                    .isNotEmpty();
        }

        @Test
        void showTheOwnRegionToItsReviewer() {
            assertThat(items(reviewer.get("api/report-files"), "id")).containsExactly(id(second), id(first));
        }

        @Test
        void showEverythingToAuditors() {
            assertThat(items(auditor.get("api/report-files?section=" + section), "id"))
                    .containsExactlyInAnyOrder(id(first), id(second), id(other));
        }

        @Test
        void showNothingForeignWhateverIsAskedFor() {
            assertThat(items(analyst.get("api/report-files?organisation=" + foreign), "id"))
                    .isEmpty();
        }

        @Test
        void areFilteredSearchedAndSorted() {
            assertThat(items(auditor.get("api/report-files?section=%s&quarter=4".formatted(section)), "id"))
                    .containsExactly(id(other));
            assertThat(items(auditor.get("api/report-files?section=%s&year=2024".formatted(section)), "id"))
                    .isEmpty();
            assertThat(items(auditor.get("api/report-files?q=OWN%20" + unique), "id"))
                    .containsExactly(id(second), id(first));
            assertThat(items(auditor.get("api/report-files?q=title%20" + unique + "&sort=-size"), "id"))
                    .containsExactly(id(other), id(second), id(first));
            assertThat(items(analyst.get("api/report-files?q=%25"), "id")).isEmpty();
            assertThat(items(analyst.get("api/report-files?sort=filename"), "id"))
                    .containsExactly(id(first), id(second));
        }

        @Test
        void showTheLatestVersions() {
            assertThat(items(analyst.get("api/report-files?latest=true"), "id")).containsExactly(id(second));
        }

        @Test
        void comeInPagesWithLinks() {
            HttpResponse<String> answer = analyst.get("api/report-files?sort=version&page=2&size=1&q=.csv");
            assertThat(items(answer, "id")).containsExactly(id(second));
            assertThat(json(answer).getInt("total")).isEqualTo(2);
            List<String> links = answer.headers().allValues("Link");
            assertThat(String.join(", ", links))
                    .contains("rel=\"first\"", "rel=\"prev\"", "rel=\"last\"")
                    .doesNotContain("rel=\"next\"")
                    .contains("/api/report-files?", "q=.csv", "page=1");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "sort=colour|sort|submittedAt",
                    "state=LOST|state|AVAILABLE",
                    "latest=perhaps|latest|true",
                    "year=1066|year|1990",
                    "quarter=5|quarter|Q4",
                    "organisation=a%20b|organisation|letters",
                    "page=0|page|1 to",
                    "page=1&page=2|page|once",
                    "size=201|size|200",
                    "size=many|size|200",
                })
        void refuseWhatTheyDoNotKnow(String query, String field, String accepted) {
            HttpResponse<String> answer = analyst.get("api/report-files?" + query);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            JsonObject error = json(answer).getJsonArray("errors").getJsonObject(0);
            assertThat(error.getString("field")).isEqualTo(field);
            assertThat(error.getString("message")).contains(accepted);
        }

        @Test
        void showUnfinishedSubmissionsToAuditorsOnly() {
            assertThat(analyst.get("api/report-files?state=RECEIVING").statusCode())
                    .isEqualTo(403);
            assertThat(auditor.get("api/report-files?state=RECEIVING,FAILED").statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Versions {

        @Test
        void areThoseOfTheSeries() {
            assertThat(items(reviewer.get("api/report-files/%s/versions".formatted(id(first))), "id"))
                    .containsExactly(id(second), id(first));
        }
    }

    @Nested
    class Withdrawal {

        @Test
        void isForAdministrators() {
            for (Api caller : List.of(analyst, reviewer, auditor)) {
                assertThat(caller.post("api/report-files/%s/withdraw".formatted(id(first)))
                                .statusCode())
                        .isEqualTo(403);
                assertThat(caller.post("api/report-files/%s/restore".formatted(id(first)))
                                .statusCode())
                        .isEqualTo(403);
            }
        }

        @Test
        void takesAFileOutAndPutsItBackAndIsAudited() {
            String path = "api/report-files/" + id(other);
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> withdrawn = admin.post(path + "/withdraw");
                assertThat(withdrawn.statusCode()).as(withdrawn.body()).isEqualTo(200);
                assertThat(json(withdrawn).getString("state")).isEqualTo("WITHDRAWN");
            }
            String list = "api/report-files?organisation=" + foreign;
            assertThat(items(admin.get(list), "id")).isEmpty();
            assertThat(items(admin.get(list + "&state=WITHDRAWN"), "id")).containsExactly(id(other));
            assertThat(items(admin.get(list + "&latest=true&state=AVAILABLE,WITHDRAWN"), "id"))
                    .isEmpty();
            assertThat(json(admin.post(path + "/restore")).getString("state")).isEqualTo("AVAILABLE");
            assertThat(items(admin.get(list), "id")).containsExactly(id(other));
            assertThat(items(auditor.get("api/audit?subjectId=" + id(other)), "action"))
                    .containsExactly("FILE_RESTORED", "FILE_WITHDRAWN", "FILE_SUBMITTED");
        }

        @Test
        void ofAnUnknownFileIsNotFound() {
            assertThat(admin.post("api/report-files/%s/withdraw".formatted(UUID.randomUUID()))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    private static String id(JsonObject file) {
        return file.getString("id");
    }

    private static void created(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
