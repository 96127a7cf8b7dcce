package io.reportfiles.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.web.text.PageTexts;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginPageTest {

    @Test
    void carriesTheWayBack() {
        String page = new LoginPage(
                        "/report-files",
                        "/report-files/files/1?a=b&c=d",
                        true,
                        "",
                        "",
                        Optional.empty(),
                        PageTexts.ENGLISH)
                .render();

        assertThat(page)
                .contains("action=\"/report-files/login\"")
                .contains("name=\"return\" value=\"/report-files/files/1?a=b&amp;c=d\"")
                .doesNotContain("role=\"alert\"")
                .doesNotContain("{");
    }

    @Test
    void whatWasTypedIsShownAsText() {
        String page = new LoginPage(
                        "", "", true, "\"><script>alert(1)</script>", "Wrong.", Optional.empty(), PageTexts.ENGLISH)
                .render();

        assertThat(page)
                .doesNotContain("<script>")
                .contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"")
                .contains("role=\"alert\" id=\"problem\">Wrong.<");
    }

    @Test
    void isInTheReadersLanguage() {
        assertThat(new LoginPage("", "", true, "", "", Optional.of("Haus"), PageTexts.GERMAN).render())
                .contains("<html lang=\"de\">", "Bei Report Files anmelden", "Passwort", "Mit Haus anmelden")
                .doesNotContain("Sign in", "{");
    }

    @Test
    void holdsNothingInline() {
        assertThat(new LoginPage("", "", true, "", "Wrong.", Optional.empty(), PageTexts.ENGLISH).render())
                .doesNotContain("<style")
                .doesNotContain("style=")
                .doesNotContainPattern("<script(?! src=)")
                .doesNotContainPattern(" on[a-z]+=");
    }

    @Test
    void offersTheIdentityProviderAndKeepsTheWayBack() {
        String page = new LoginPage(
                        "/report-files",
                        "/report-files/files/1?a=b&c=d",
                        true,
                        "",
                        "",
                        Optional.of("A & B"),
                        PageTexts.ENGLISH)
                .render();

        assertThat(page)
                .contains("href=\"/report-files/login/oidc?return=%2Freport-files%2Ffiles%2F1%3Fa%3Db%26c%3Dd\"")
                .contains("Sign in with A &amp; B");
    }

    @Test
    void asksForNoPasswordWhereNoneLetsAnybodyIn() {
        assertThat(new LoginPage("", "", false, "", "", Optional.of("Haus"), PageTexts.ENGLISH).render())
                .contains("href=\"/login/oidc?return=\"", "Sign in with Haus")
                .doesNotContain("<form", "password", "{");
    }
}
