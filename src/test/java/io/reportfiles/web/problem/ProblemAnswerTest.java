package io.reportfiles.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.web.http.RequestIds;
import io.reportfiles.web.text.PageTexts;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProblemAnswerTest {

    private static final String HOSTILE = "\"><script>alert('1')</script>&\n\u202e";
    private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";

    private static final RequestFacts SCRIPT =
            new RequestFacts(ID, "GET", false, false, false, "", "", "/files/1", "", PageTexts.ENGLISH);
    private static final RequestFacts BROWSER = new RequestFacts(
            ID, "GET", true, false, false, "", "/rf", "/rf/files/1?x=a b&y=%2f", "", PageTexts.ENGLISH);
    private static final RequestFacts CONSOLE =
            new RequestFacts(ID, "GET", false, false, true, "", "", "/api/me", "", PageTexts.ENGLISH);

    private static final Problem MISSING = Problem.of(ProblemType.NOT_FOUND, "There is no such file.");
    private static final Problem ANONYMOUS = Problem.of(ProblemType.UNAUTHENTICATED, "Sign in to continue.");

    @Nested
    class Document {

        @Test
        void holdsTheMembersOfTheStandard() {
            ProblemAnswer answer = ProblemAnswer.to(SCRIPT, MISSING);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.headers())
                    .containsEntry("Content-Type", List.of("application/problem+json"))
                    .containsEntry("Cache-Control", List.of("no-store"))
                    .containsEntry("Vary", List.of("Accept, Accept-Language"));
            assertThat(json(answer).toString())
                    .isEqualTo(
                            "{\"type\":\"urn:report-files:problem:not-found\",\"title\":\"Not found\",\"status\":404,"
                                    + "\"detail\":\"There is no such file.\",\"instance\":\"urn:uuid:" + ID + "\"}");
        }

        @Test
        void namesEveryFieldInError() {
            ProblemAnswer answer = ProblemAnswer.to(
                    SCRIPT,
                    Problem.of(ProblemType.INVALID_INPUT, "No.").withErrors(List.of(new FieldError("file", HOSTILE))));
            JsonObject error = json(answer).getJsonArray("errors").getJsonObject(0);
            assertThat(error.getString("field")).isEqualTo("file");
            assertThat(error.getString("message")).isEqualTo(HOSTILE);
        }

        @Test
        void keepsTheFieldsOfItsStatus() {
            Problem problem = StatusProblem.of(405).withHeaders(Map.of("Allow", "GET, HEAD"));
            assertThat(ProblemAnswer.to(SCRIPT, problem).headers()).containsEntry("Allow", List.of("GET, HEAD"));
        }

        @Test
        void idsOfOthersAreNoUuids() {
            assertThat(RequestIds.uri("lb-7.4711_x")).isEqualTo("urn:report-files:request:lb-7.4711_x");
        }
    }

    @Nested
    class Page {

        @Test
        void saysTheSame() {
            ProblemAnswer answer = ProblemAnswer.to(BROWSER, MISSING);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.headers()).containsEntry("Content-Type", List.of("text/html;charset=UTF-8"));
            assertThat(answer.body())
                    .contains("<h1>Not found</h1>", "There is no such file.", ID, "<html lang=\"en\">")
                    .contains("href=\"/rf/assets/report-files.css\"")
                    .doesNotContain("<style", "style=", "onclick");
        }

        @Test
        void isInert() {
            Problem problem = Problem.of(ProblemType.INVALID_INPUT, HOSTILE)
                    .withErrors(List.of(new FieldError(HOSTILE, HOSTILE)));
            assertThat(ProblemAnswer.to(BROWSER, problem).body())
                    .doesNotContain("<script>")
                    .contains("&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;");
        }
    }

    @Nested
    class SignIn {

        @Test
        void browserGoesToTheSignInAndComesBack() {
            ProblemAnswer answer = ProblemAnswer.to(BROWSER, ANONYMOUS);
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.headers())
                    .containsEntry("Location", List.of("/rf/login?return=%2Frf%2Ffiles%2F1%3Fx%3Da+b%26y%3D%252f"));
        }

        @Test
        void scriptIsChallenged() {
            ProblemAnswer answer = ProblemAnswer.to(SCRIPT, ANONYMOUS);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers().get("WWW-Authenticate"))
                    .containsExactly(
                            "Basic realm=\"Report Files\", charset=\"UTF-8\"", "Bearer realm=\"Report Files\"");
        }

        @Test
        void consoleGetsNoDialog() {
            ProblemAnswer answer = ProblemAnswer.to(CONSOLE, ANONYMOUS);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers().get("WWW-Authenticate")).containsExactly("Bearer realm=\"Report Files\"");
        }

        @Test
        void formIsNotSentTwice() {
            RequestFacts form = new RequestFacts(
                    ID, "POST", true, false, false, "", "", "/api/report-files", "", PageTexts.ENGLISH);
            assertThat(ProblemAnswer.to(form, ANONYMOUS).status()).isEqualTo(401);
        }

        @Test
        void wrongCredentialsAreSaidToBeWrong() {
            RequestFacts basic =
                    new RequestFacts(ID, "GET", true, false, false, "basic", "", "/files/1", "", PageTexts.ENGLISH);
            RequestFacts bearer =
                    new RequestFacts(ID, "GET", false, false, false, "bearer", "", "/files/1", "", PageTexts.ENGLISH);
            assertThat(ProblemAnswer.to(basic, ANONYMOUS).status()).isEqualTo(401);
            assertThat(ProblemAnswer.to(bearer, ANONYMOUS).headers().get("WWW-Authenticate"))
                    .containsExactly("Bearer realm=\"Report Files\", error=\"invalid_token\"");
        }
    }

    private static JsonObject json(ProblemAnswer answer) {
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }
}
