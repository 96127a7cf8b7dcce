package io.reportfiles.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginPageTest {

    @Test
    void carriesTheWayBack() {
        String page = new LoginPage("/report-files", "/report-files/files/1?a=b&c=d", "", "").render();

        assertThat(page)
                .contains("action=\"/report-files/login\"")
                .contains("name=\"return\" value=\"/report-files/files/1?a=b&amp;c=d\"")
                .doesNotContain("role=\"alert\"")
                .doesNotContain("{");
    }

    @Test
    void whatWasTypedIsShownAsText() {
        String page = new LoginPage("", "", "\"><script>alert(1)</script>", "Wrong.").render();

        assertThat(page)
                .doesNotContain("<script>")
                .contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"")
                .contains("role=\"alert\" id=\"problem\">Wrong.<");
    }

    @Test
    void holdsNothingInline() {
        assertThat(new LoginPage("", "", "", "Wrong.").render())
                .doesNotContain("<style")
                .doesNotContain("style=")
                .doesNotContainPattern("<script(?! src=)")
                .doesNotContainPattern(" on[a-z]+=");
    }
}
