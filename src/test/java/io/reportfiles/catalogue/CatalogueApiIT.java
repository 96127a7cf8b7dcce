package io.reportfiles.catalogue;

import static io.reportfiles.server.Api.items;
import static io.reportfiles.server.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Regions, organisations and sections over HTTP. */
@OnServer
class CatalogueApiIT {

    private final String code = "C-" + UUID.randomUUID().toString().substring(0, 8);
    private final Api admin = Api.admin();

    @Test
    void organisationIsCreatedFoundAndChanged() {
        region();
        HttpResponse<String> created = admin.post(
                "api/organisations",
                "{\"code\":\"%s\",\"name\":\"Müller\",\"type\":\"state\",\"region\":\"%s\"}".formatted(code, code));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location"))
                .map(URI::create)
                .map(URI::getPath)
                .contains("/api/organisations/" + code);

        JsonObject found = json(admin.get("api/organisations/" + code));
        assertThat(found.getString("name")).isEqualTo("Müller");
        assertThat(found.getString("region")).isEqualTo(code);

        HttpResponse<String> changed =
                admin.put("api/organisations/" + code, "{\"name\":\"Renamed\",\"type\":\"agency\",\"region\":null}");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json(admin.get("api/organisations/" + code)))
                .isEqualTo(json(changed))
                .doesNotContainKey("region");
        assertThat(items(admin.get("api/organisations?q=" + code.toLowerCase(Locale.ROOT)), "code"))
                .containsExactly(code);
        assertThat(items(admin.get("api/audit?subjectType=organisation&subjectId=" + code), "action"))
                .containsExactly("ORGANISATION_CHANGED", "ORGANISATION_CREATED");
    }

    @Test
    void sectionIsCreatedFoundAndChanged() {
        String section =
                "{\"code\":\"%s\",\"title\":\"Active\",\"extensions\":[\"txt\",\"csv\"],\"maxBytes\":5368709120}";
        assertThat(admin.post("api/sections", section.formatted(code)).statusCode())
                .isEqualTo(201);
        JsonObject found = json(admin.get("api/sections/" + code));
        assertThat(found.getJsonArray("extensions").toString()).isEqualTo("[\"csv\",\"txt\"]");
        assertThat(found.getJsonNumber("maxBytes").longValue()).isEqualTo(5L << 30);
        HttpResponse<String> changed =
                admin.put("api/sections/" + code, "{\"title\":\"Active\",\"extensions\":[\"zip\"],\"maxBytes\":1}");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json(admin.get("api/sections/" + code)).getInt("maxBytes")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "api/regions | {'code':'%s','name':'North'}",
                "api/organisations | {'code':'%s','name':'Alder','type':'state'}",
                "api/sections | {'code':'%s','title':'Active','extensions':['txt'],'maxBytes':1}",
                "api/accounts | {'name':'%s','displayName':'Ann','password':'correct horse of ann','roles':[]}"
            })
    void ofSimultaneousCreationsOneSucceeds(String path, String json) {
        try (Clients clients = new Clients(6)) {
            for (int round = 0; round < 8; round++) {
                String body = json.replace('\'', '"').formatted((code + "-" + round).toLowerCase(Locale.ROOT));
                List<Integer> answers = clients.all(() -> admin.post(path, body).statusCode());
                assertThat(answers).as(body).containsOnlyOnce(201).containsOnly(201, 409);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'names':{'any':true}} | {'any':true}",
                "{'names':{'any':true,'patterns':null}} | {'any':true}",
                "{'names':{'patterns':['*.ms??','ADS.*']}} | {'patterns':['*.ms??','ADS.*']}",
                "{'names':{'any':false,'patterns':['*']}} | {'any':true}",
                "{'names':{'extensions':['csv']}} | {'extensions':['csv']}",
                "{'extensions':['csv','txt'],'names':{'extensions':['txt','csv']}} | {'extensions':['csv','txt']}",
            })
    void namesAreGivenBackAsTheyWereSaid(String sent, String expected) {
        String rest = ",\"title\":\"Names\",\"maxBytes\":1}";
        String body = sent.replace('\'', '"').replaceFirst("}$", rest);
        admin.create("api/sections", body.replaceFirst("\\{", "{\"code\":\"" + code + "\","));
        for (int i = 0; i < 2; i++) {
            JsonObject found = json(admin.get("api/sections/" + code));
            assertThat(found.getJsonObject("names")).hasToString(expected.replace('\'', '"'));
            assertThat(found.get("extensions"))
                    .isEqualTo(found.getJsonObject("names").get("extensions"));
            HttpResponse<String> changed = admin.put("api/sections/" + code, found.toString());
            assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
            assertThat(json(changed)).isEqualTo(found);
        }
        assertThat(json(admin.get("api/sections?q=" + code)).getJsonArray("items"))
                .containsExactly(json(admin.get("api/sections/" + code)));
    }

    /** A server that tries a reader of JSON that can't read records, too, said so with some 16 KB for each request. */
    @Test
    void readingAFormLeavesNothingInTheLog() throws IOException {
        long before = Files.size(Deployed.serverLog());
        region();
        assertThat(Files.size(Deployed.serverLog()) - before).isLessThan(4_000);
    }

    @Test
    void codeTakenIsAConflict() {
        region();
        HttpResponse<String> again = admin.post("api/regions", "{\"code\":\"%s\",\"name\":\"x\"}".formatted(code));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(json(again).getString("detail")).contains(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "organisations|{\"code\":\"a b\",\"name\":\"x\",\"type\":\"state\"}|code",
                "organisations|{\"name\":\"x\",\"type\":\"state\"}|code",
                "organisations|{\"code\":\"x\",\"type\":\"state\"}|name",
                "organisations|{\"code\":\"x\",\"name\":\"a\\u0000b\",\"type\":\"state\"}|name",
                "organisations|{\"code\":\"x\",\"name\":\"x\",\"type\":\"state\",\"region\":\"nowhere\"}|region",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"extensions\":[],\"maxBytes\":1}|extensions",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"maxBytes\":1}|names",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"names\":{},\"maxBytes\":1}|names",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"names\":{\"any\":false},\"maxBytes\":1}|names",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"names\":{\"any\":true,\"patterns\":[\"a\"]},\"maxBytes\":1}|names",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"names\":{\"patterns\":[]},\"maxBytes\":1}|names.patterns",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"names\":{\"patterns\":[\"\"]},\"maxBytes\":1}|names.patterns",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"names\":{\"patterns\":[null]},\"maxBytes\":1}|names.patterns",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"names\":{\"patterns\":[\"a/b\"]},\"maxBytes\":1}|names.patterns",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"names\":{\"extensions\":[\".csv\"]},\"maxBytes\":1}|names.extensions",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"names\":{\"any\":true},\"extensions\":[\"csv\"],\"maxBytes\":1}|extensions",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"extensions\":[\"csv\"]}|maxBytes",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"extensions\":[\"csv\"],\"maxBytes\":0}|maxBytes",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"extensions\":[\"csv\"],\"maxBytes\":1,\"checks\":[\"a b\"]}|checks",
                "sections|{\"code\":\"x\",\"title\":\"x\",\"extensions\":[\"csv\"],\"maxBytes\":1,\"checks\":[\"text\",\"nowhere\"]}|checks",
                "regions|{\"code\":\"x\",\"name\":\" \"}|name",
            })
    void invalidInputIsNamed(String list, String body, String field) {
        HttpResponse<String> answer = admin.post("api/" + list, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).getJsonArray("errors").getValuesAs(JsonObject.class))
                .extracting(error -> error.getString("field"))
                .contains(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "1", "{\"code\":{}}", "{\"extensions\":1}", "{\"names\":1}"})
    void whatIsNoSuchJsonIsRefused(String body) {
        for (String list : List.of("regions", "organisations", "sections")) {
            HttpResponse<String> answer = admin.post("api/" + list, body);
            assertThat(answer.statusCode()).as(list + answer.body()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        }
    }

    @Test
    void longJsonIsTooLarge() {
        String body = "{\"code\":\"%s\",\"name\":\"%s\"}".formatted(code, "x".repeat(100_000));
        for (String list : List.of("regions", "organisations", "sections")) {
            for (HttpResponse<String> answer :
                    List.of(admin.post("api/" + list, body), admin.put("api/" + list + "/" + code, body))) {
                assertThat(answer.statusCode()).as(list + answer.body()).isEqualTo(413);
                assertThat(answer.headers().firstValue("Content-Type"))
                        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            }
        }
    }

    @Test
    void unknownCodeIsNotFound() {
        for (String list : List.of("regions", "organisations", "sections")) {
            assertThat(admin.get("api/" + list + "/" + code).statusCode()).isEqualTo(404);
        }
        assertThat(admin.put("api/regions/" + code, "{\"name\":\"x\"}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void everybodySeesThemAndAdministratorsChangeThem() {
        region();
        for (String role : List.of("READER", "AUDITOR")) {
            Api caller = admin.accountWith(role, "", "");
            assertThat(items(caller.get("api/regions?q=" + code), "code")).containsExactly(code);
            assertThat(caller.post("api/regions", "{\"code\":\"x\",\"name\":\"x\"}")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(caller.put("api/regions/" + code, "{\"name\":\"x\"}").statusCode())
                    .isEqualTo(403);
        }
        assertThat(Api.anonymously("api/regions").statusCode()).isEqualTo(401);
    }

    private void region() {
        HttpResponse<String> region =
                admin.post("api/regions", "{\"code\":\"%s\",\"name\":\"A region\"}".formatted(code));
        assertThat(region.statusCode()).as(region.body()).isEqualTo(201);
    }

    /** Threads that ask at the same time. */
    private static final class Clients implements AutoCloseable {

        private final int count;
        private final ExecutorService threads;

        Clients(int count) {
            this.count = count;
            threads = Executors.newFixedThreadPool(count);
        }

        List<Integer> all(Supplier<Integer> question) {
            List<CompletableFuture<Integer>> answers = Stream.generate(
                            () -> CompletableFuture.supplyAsync(question, threads))
                    .limit(count)
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
