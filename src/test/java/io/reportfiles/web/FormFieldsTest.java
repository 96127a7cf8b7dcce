package io.reportfiles.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import org.junit.jupiter.api.Test;

class FormFieldsTest {

    @Test
    void fieldsAreDecodedAsBrowsersWriteThem() {
        FormFields form = FormFields.parse("name=J%C3%B6rg+A&password=a%2Bb%26c%3D&name=other&empty=&alone");
        assertThat(form.get("name")).isEqualTo("Jörg A");
        assertThat(form.get("password")).isEqualTo("a+b&c=");
        assertThat(form.get("empty")).isEmpty();
        assertThat(form.get("alone")).isEmpty();
        assertThat(form.get("missing")).isEmpty();
        assertThat(FormFields.parse("name=J\u00c3\u00b6rg").get("name")) // two octets that a program did not escape
                .isEqualTo("Jörg");
    }

    @Test
    void malformedEscapeIsRefused() {
        for (String text : new String[] {"name=%", "name=%zz", "%4=x", "name=%FF", "name=J\u00f6rg"}) {
            assertThatThrownBy(() -> FormFields.parse(text))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.type()).isEqualTo(ProblemType.INVALID_INPUT));
        }
    }
}
