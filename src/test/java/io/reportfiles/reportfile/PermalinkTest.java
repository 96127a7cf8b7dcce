package io.reportfiles.reportfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.Quarter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermalinkTest {

    private static final Period PERIOD = new Period(2024, Quarter.Q3);

    @Test
    void latestHasNoVersion() {
        assertThat(Permalink.find("/ALPHA/2024/Q3/ACTIVE/latest"))
                .contains(new Permalink("ALPHA", PERIOD, "ACTIVE", Optional.empty()));
    }

    @Test
    void versionIsItsNumber() {
        assertThat(Permalink.find("/A.l-p_ha/2024/3/x/v12"))
                .contains(new Permalink("A.l-p_ha", PERIOD, "x", Optional.of(12)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latest",
                "LATEST",
                "Latest",
                "latest/",
                "latest.",
                "latest)",
                "latest),",
                "latest>",
                "latest>.",
                "latest ",
                "latest\u00a0",
                "latest\u201d.",
                "latest\"",
                "latest'",
                "latest]",
                "latest!",
                "latest?",
                "latest:",
                "latest...",
                "latest\u2026",
                "latest*",
                "latest_",
                "latest/)",
                "latest\\"
            })
    void whatStoodAroundALinkIsNoPartOfIt(String end) {
        assertThat(Permalink.findAltered("/ALPHA/2024/q3/ACTIVE/" + end))
                .contains(new Permalink("ALPHA", PERIOD, "ACTIVE", Optional.empty()));
        assertThat(Permalink.findAltered("/ALPHA/2024/Q3/ACTIVE/" + end.replaceFirst("(?i)latest", "V12")))
                .contains(new Permalink("ALPHA", PERIOD, "ACTIVE", Optional.of(12)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latest/x",
                "latestx",
                "latest.csv",
                "v0",
                "v01",
                "v",
                "v3x",
                "latest) and",
                "x/latest",
                "(latest",
                "latest................."
            })
    void whatIsMoreThanThatIsNone(String end) {
        assertThat(Permalink.findAltered("/ALPHA/2024/Q3/ACTIVE/" + end)).isEmpty();
    }

    @Test
    void pathIsTheLinkThatIsGivenToPeople() {
        for (String path : new String[] {"/ALPHA/2024/Q3/ACTIVE/latest", "/A.l-p_ha/2024/Q1/x/v12"}) {
            assertThat(Permalink.find(path)).map(Permalink::path).contains(path);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/ALPHA/2024/Q3/ACTIVE",
                "/ALPHA/2024/Q3/ACTIVE/",
                "/ALPHA/2024/Q3/ACTIVE/latest/",
                "/ALPHA/2024/Q3/ACTIVE/latest/x",
                "/ALPHA/2024/Q3/ACTIVE/v0",
                "/ALPHA/2024/Q3/ACTIVE/v01",
                "/ALPHA/2024/Q3/ACTIVE/v-1",
                "/ALPHA/2024/Q3/ACTIVE/v9999999999",
                "/ALPHA/2024/Q3/ACTIVE/LATEST",
                "/ALPHA/2024/Q5/ACTIVE/latest",
                "/ALPHA/1066/Q3/ACTIVE/latest",
                "/../2024/Q3/ACTIVE/latest",
                "/AL PHA/2024/Q3/ACTIVE/latest",
                "/11111111-1111-4111-8111-111111111111/2024/Q3/ACTIVE/latest",
                "/11111111-1111-4111-8111-111111111111/report.csv",
            })
    void anythingElseIsNone(String path) {
        assertThat(Permalink.find(path)).isEmpty();
    }
}
