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
