package io.reportfiles.account;

import static io.reportfiles.signin.Visitor.browser;
import static io.reportfiles.signin.Visitor.json;
import static io.reportfiles.signin.Visitor.newName;
import static io.reportfiles.signin.Visitor.stranger;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.IdentityProvider;
import io.reportfiles.server.OnServer;
import io.reportfiles.signin.Visitor;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That neither answers nor the log hold a secret that was used, whatever came of it. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class SecretsIT {

    private final List<HttpResponse<String>> answers = new ArrayList<>();

    private HttpResponse<String> seen(HttpResponse<String> answer) {
        answers.add(answer);
        return answer;
    }

    @Test
    void areNotInTheLogOfThisRunNorInAnswers() throws IOException {
        String name = newName();
        String wrong = "a wrong password " + name;
        String next = "the next password " + name;
        Visitor owner = Visitor.newAccount(name);
        JsonObject tokenRequest = Json.createObjectBuilder().add("name", "cron").build();
        String token = json(owner.post("api/tokens", tokenRequest)).getString("token");
        seen(owner.get("api/tokens"));
        seen(stranger().withToken(token).get("api/me"));
        seen(stranger().withToken(token).get("api/nothing"));
        seen(stranger().withPassword(name, wrong).get("api/me"));
        seen(stranger().withPassword(wrong, name).get("files/" + name));
        seen(browser().submitForm("login", Map.of("name", name, "password", wrong)));
        HttpResponse<String> signedIn =
                browser().submitForm("login", Map.of("name", name, "password", Visitor.PASSWORD));
        seen(owner.put(
                "api/me/password",
                Json.createObjectBuilder()
                        .add("oldPassword", wrong)
                        .add("newPassword", next)
                        .build()));
        seen(owner.put(
                "api/me/password",
                Json.createObjectBuilder()
                        .add("oldPassword", Visitor.PASSWORD)
                        .add("newPassword", next)
                        .add("misspelled", next)
                        .build()));
        seen(Visitor.admin().get("api/configuration"));
        seen(Visitor.admin().get("api/audit?actor=" + name));
        seen(Visitor.admin().get("metrics"));

        List<String> secrets = Stream.of(
                        wrong,
                        next,
                        token,
                        Visitor.PASSWORD,
                        Deployed.ADMIN_PASSWORD,
                        IdentityProvider.SECRET,
                        Deployed.s3().credentials().secretKey(),
                        Visitor.cookieOf(signedIn).orElseThrow().replaceAll("^.*=", ""))
                .flatMap(secret ->
                        Stream.of(secret, Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(UTF_8))))
                .toList();
        String log = Files.readString(Deployed.serverLog(), ISO_8859_1);
        assertThat(log).isNotEmpty();
        for (String secret : secrets) {
            assertThat(log.contains(secret)).as("the log holds " + secret).isFalse();
            assertThat(answers)
                    .noneMatch(answer -> answer.body().contains(secret)
                            || answer.headers().map().toString().contains(secret));
        }
        assertThat(Pattern.compile("rf_[A-Za-z0-9_-]{43}").matcher(log).find())
                .as("the log holds a token")
                .isFalse();
    }
}
