package io.reportfiles.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.access.Endpoints.Allowed;
import io.reportfiles.access.Endpoints.Endpoint;
import io.reportfiles.access.Endpoints.Open;
import io.reportfiles.access.Endpoints.Refused;
import io.reportfiles.access.Endpoints.Rule;
import io.reportfiles.access.Endpoints.Subject;
import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each endpoint, asked by an account of each role and state about things of its own organisation and region and of
 * others: what is answered has to be what the rule says. The rule itself has its table in {@link AccessPolicyTest}.
 */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class EndpointAccessIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Api ADMIN = Api.admin();

    private static Place own;
    private static Place other;
    private static List<Account> accounts;

    /** An organisation in a region of its own, with a section and a file. */
    private record Place(String code, String file) {

        static Place create() {
            String code = "E" + UUID.randomUUID().toString().substring(0, 8);
            created("api/regions", "{\"code\": \"%1$s\", \"name\": \"%1$s\"}".formatted(code));
            created(
                    "api/organisations",
                    "{\"code\": \"%1$s\", \"name\": \"%1$s\", \"type\": \"state\", \"region\": \"%1$s\"}"
                            .formatted(code));
            created(
                    "api/sections",
                    "{\"code\": \"%1$s\", \"title\": \"%1$s\", \"extensions\": [\"txt\"], \"maxBytes\": 100}"
                            .formatted(code));
            JsonObject file = ADMIN.submit(
                    "organisation=%1$s&year=2026&quarter=Q3&section=%1$s&filename=x.txt".formatted(code), "content");
            return new Place(code, file.getString("id"));
        }

        Scope scope() {
            return new Scope.OfOrganisation(code, Optional.of(code));
        }
    }

    /** Somebody who asks. Nobody but the right caller is known to the rule by the caller here. */
    private record Account(Caller caller, String authorization) {

        static Account create(AccountState state, Role role, Place place) {
            String name = "e-" + UUID.randomUUID();
            String password = "correct horse of " + name;
            HttpResponse<String> answer = ADMIN.post(
                    "api/accounts",
                    Json.createObjectBuilder()
                            .add("name", name)
                            .add("displayName", name)
                            .add("password", password)
                            .add("organisation", place.code())
                            .add("region", place.code())
                            .add("state", state == AccountState.PENDING ? "PENDING" : "ACTIVE")
                            .add("roles", Json.createArrayBuilder().add(role.name()))
                            .build()
                            .toString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            UUID id = UUID.fromString(Api.json(answer).getString("id"));
            if (state == AccountState.DEACTIVATED) {
                ADMIN.post("api/accounts/" + id + "/deactivate");
            }
            Optional<String> code = Optional.of(place.code());
            return new Account(
                    new Caller(id, name, Set.of(role), code, code).in(state),
                    "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8)));
        }

        @Override
        public String toString() {
            return caller.state() + " " + caller.roles();
        }
    }

    private static void created(String path, String json) {
        HttpResponse<String> answer = ADMIN.post(path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @BeforeAll
    static void prepare() {
        own = Place.create();
        other = Place.create();
        accounts = new ArrayList<>();
        Arrays.stream(Role.values()).forEach(role -> accounts.add(Account.create(AccountState.ACTIVE, role, own)));
        accounts.add(Account.create(AccountState.PENDING, Role.ADMINISTRATOR, own));
        accounts.add(Account.create(AccountState.DEACTIVATED, Role.ADMINISTRATOR, own));
    }

    @Test
    void everyEndpointAnswersThoseWhomTheRuleAllowsAndNobodyElse() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : Endpoints.ALL) {
            for (Place place : endpoint.rule() instanceof Allowed allowed && allowed.subject() != Subject.INSTALLATION
                    ? List.of(own, other)
                    : List.of(own)) {
                fault(endpoint, place, Optional.empty()).ifPresent(wrong::add);
                for (Account account : accounts) {
                    fault(endpoint, place, Optional.of(account)).ifPresent(wrong::add);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** What is answered instead of an answer; 0 for none. */
    private static int refusal(Rule rule, Place place, Optional<Caller> caller) {
        if (rule instanceof Open) {
            return 0;
        }
        if (rule instanceof Refused) {
            return 403;
        }
        if (caller.filter(who -> AccessPolicy.admits(who.state())).isEmpty()) {
            return 401;
        }
        if (rule instanceof Allowed allowed) {
            Scope scope = allowed.subject() == Subject.INSTALLATION ? new Scope.Installation() : place.scope();
            return AccessPolicy.decide(caller.get(), allowed.action(), scope).isAllowed() ? 0 : 403;
        }
        return 0;
    }

    private static Optional<String> fault(Endpoint endpoint, Place place, Optional<Account> account)
            throws IOException, InterruptedException {
        int status = status(endpoint, place, account);
        int refusal = refusal(endpoint.rule(), place, account.map(Account::caller));
        boolean refused = status == 401 || status == 403;
        // Whose password lets nobody in is in the end told to wait, as if it were wrong.
        boolean right = refusal == 0
                ? !refused && status < 500
                : status == refusal || (account.isPresent() && refusal == 401 && status == 429);
        return right
                ? Optional.empty()
                : Optional.of("%s: %s asks for %s: %d instead of %s"
                        .formatted(
                                endpoint,
                                account.map(Account::toString).orElse("nobody"),
                                place.equals(own) ? "the own" : "another organisation's",
                                status,
                                refusal == 0 ? "an answer" : refusal));
    }

    private static int status(Endpoint endpoint, Place place, Optional<Account> account)
            throws IOException, InterruptedException {
        String path = endpoint.requestPath()
                .replace("{file}", place.file())
                .replace("{organisation}", place.code())
                .replace("{nobody}", "0f6f9e6e-6f0a-4a52-9c59-1f8e3d3f2b11");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Deployed.baseUri() + path))
                .header("Content-Type", isSubmission(endpoint) ? "application/octet-stream" : "application/json")
                .method(
                        endpoint.method(),
                        switch (endpoint.method()) {
                            case "POST", "PUT" -> BodyPublishers.ofString(body(endpoint));
                            default -> BodyPublishers.noBody();
                        });
        if (endpoint.path().startsWith("/uploads")) {
            request.header("Tus-Resumable", "1.0.0")
                    .header("Upload-Length", "5")
                    .header("Upload-Metadata", metadata(place));
        }
        account.ifPresent(who -> request.header("Authorization", who.authorization()));
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    /** Nothing that any endpoint takes, but for a submission: the permission is decided before a body is looked at. */
    private static String body(Endpoint endpoint) {
        if (isSubmission(endpoint)) {
            return "bytes";
        }
        if (endpoint.path().startsWith("/uploads")) {
            return "";
        }
        return "[{";
    }

    private static boolean isSubmission(Endpoint endpoint) {
        return endpoint.toString().equals("POST /api/report-files");
    }

    private static String metadata(Place place) {
        return "organisation %1$s,year %2$s,quarter %3$s,section %1$s,filename %4$s"
                .formatted(base64(place.code()), base64("2026"), base64("Q3"), base64("x.txt"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
