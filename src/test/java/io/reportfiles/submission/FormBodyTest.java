package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reportfiles.web.problem.FieldError;
import io.reportfiles.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyTest {

    private static final String YEAR = "--b\r\nContent-Disposition: form-data; name=\"year\"\r\n\r\n2026";
    private static final String FILE =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n1,2,3";
    private static final String END = "--b--\r\n";

    @Test
    void fieldsComeFirstThenTheFile() throws IOException {
        FormBody form = form(YEAR, FILE, END);
        SubmissionFields fields = form.fields();
        assertThat(fields.require("year")).contains("2026");
        assertThat(fields.require("filename")).contains("a.csv");
        assertThat(fields.errors()).isEmpty();
        assertThat(form.file().bytes().readAllBytes()).asString(ISO_8859_1).isEqualTo("1,2,3");
        assertThat(form.isRead()).isTrue();
    }

    @Test
    void fieldIsUtf8() throws IOException {
        String field = new String("Zürich".getBytes(UTF_8), ISO_8859_1);
        FormBody form = form("--b\r\nContent-Disposition: form-data; name=\"organisation\"\r\n\r\n" + field, FILE, END);
        assertThat(form.fields().require("organisation")).contains("Zürich");
    }

    @Test
    void preambleEpilogueAndUnknownFieldsMeanNothing() throws IOException {
        String button = "--b\r\nContent-Disposition: form-data; name=\"submit\"\r\n\r\nSend";
        FormBody form = form("preamble", button, YEAR, FILE, button, "--b--", "epilogue");
        assertThat(form.fields().errors()).isEmpty();
        assertThat(form.file().bytes().readAllBytes()).asString(ISO_8859_1).isEqualTo("1,2,3");
    }

    @Test
    void fileNameFieldMeansNothingInAForm() throws IOException {
        FormBody form = form("--b\r\nContent-Disposition: form-data; name=\"filename\"\r\n\r\nother.exe", FILE, END);
        assertThat(form.fields().find("filename")).contains("a.csv");
    }

    @Test
    void emptyFileIsAFile() throws IOException {
        FormBody form = form("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n", END);
        assertThat(form.fields().errors()).isEmpty();
        assertThat(form.file().bytes().read()).isEqualTo(-1);
    }

    @Test
    void largeFileFullOfNearBoundariesIsKeptByteByByte() throws IOException {
        byte[] content = new byte[1 << 20];
        new Random(7).nextBytes(content);
        byte[] nearly = "\r\n--a\r\n--\r\n-\r\n\r\n--".getBytes(ISO_8859_1);
        for (int at = 0; at + nearly.length < content.length; at += 977) {
            System.arraycopy(nearly, 0, content, at, nearly.length);
        }
        String head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
        FormBody form = form(head + new String(content, ISO_8859_1).replace("--b", "--c"), END);
        form.fields();
        assertThat(form.file().bytes().readAllBytes())
                .isEqualTo(new String(content, ISO_8859_1).replace("--b", "--c").getBytes(ISO_8859_1));
    }

    @Test
    void announcedLengthBoundsTheFileFromBelow() throws IOException {
        assertThat(announcing(5_000_000).fewestFileBytes()).isBetween(4_000_000L, 5_000_000L);
        assertThat(announcing(1_000).fewestFileBytes()).isZero();
        assertThat(announcing(ClientBody.LENGTH_UNKNOWN).fewestFileBytes()).isZero();
    }

    private static FormBody announcing(long bytes) throws IOException {
        return new FormBody(
                new ClientBody(InputStream.nullInputStream(), bytes, Paces.ANY), Optional.of("b"), Optional.empty());
    }

    @Nested
    class BeforeTheFile {

        @ParameterizedTest
        @ValueSource(strings = {"", "nothing of a form", "--other\r\n\r\n\r\n--other--", "--b--\r\n"})
        void formWithoutAnythingHasNoFile(String body) throws IOException {
            assertThat(form(body).fields().errors())
                    .extracting(FieldError::field)
                    .containsExactly("file");
        }

        @Test
        void formWithFieldsOnlyHasNoFile() throws IOException {
            SubmissionFields fields = form(YEAR, END).fields();
            assertThat(fields.require("filename")).isEmpty();
            assertThat(fields.errors())
                    .containsExactly(
                            new FieldError("file", "The form has no file: a part named file, with a file name."));
        }

        @Test
        void fieldGivenTwiceIsAnError() throws IOException {
            assertThat(form(YEAR, YEAR, FILE, END).fields().errors())
                    .containsExactly(new FieldError("year", "year is given more than once."));
        }

        @Test
        void fieldThatIsNotUtf8IsRefused() throws IOException {
            FormBody form = form("--b\r\nContent-Disposition: form-data; name=\"section\"\r\n\r\n\u00FF", FILE, END);
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(form::fields)
                    .satisfies(problem -> assertThat(problem.errors())
                            .extracting(FieldError::field)
                            .containsExactly("section"));
        }

        @Test
        void fileUnderAnotherNameIsRefused() throws IOException {
            assertRefused(form(FILE.replace("\"file\"", "\"upload\""), END)::fields);
        }

        @Test
        void fileWithoutANameIsRefused() throws IOException {
            assertRefused(form(YEAR.replace("year", "file"), END)::fields);
        }

        @Test
        void whatWouldFillTheMemoryIsRefused() throws IOException {
            assertRefused(form(YEAR + "0".repeat(5_000), FILE, END)::fields);
            assertRefused(form("x".repeat(300_000), YEAR, FILE, END)::fields);
            assertRefused(
                    form(YEAR.replace("\r\n\r\n", "\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"), FILE, END)::fields);
            String[] many = new String[40];
            Arrays.fill(many, YEAR.replace("year", "more"));
            assertRefused(form(many)::fields);
        }

        @Test
        void formCutOffIsRefused() throws IOException {
            assertRefused(form(YEAR)::fields);
            assertRefused(form(YEAR, "--b\r\nContent-Disposition: form-d")::fields);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", " ", "a-boundary-that-is-longer-than-the-seventy-characters-that-a-boundary-may-have"})
        void whatIsNoBoundaryIsRefused(String boundary) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> new FormBody(
                            new ClientBody(InputStream.nullInputStream(), 0, Paces.ANY),
                            Optional.of(boundary),
                            Optional.empty()));
        }

        @Test
        void missingBoundaryIsRefused() {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> new FormBody(
                            new ClientBody(InputStream.nullInputStream(), 0, Paces.ANY),
                            Optional.empty(),
                            Optional.empty()));
        }
    }

    @Nested
    class AfterTheFile {

        @Test
        void secondFileIsRefused() throws IOException {
            assertFileRefused("The form has more than one file.", YEAR, FILE, FILE, END);
        }

        @Test
        void fieldIsRefused() throws IOException {
            assertFileRefused("year comes after the file: give it before.", FILE, YEAR, END);
        }

        @Test
        void missingEndIsRefused() throws IOException {
            String cutOff = "The body ended before all of it had arrived; nothing was stored. Send it again.";
            assertFileRefused(cutOff, YEAR, FILE);
            assertFileRefused(cutOff, YEAR, FILE, "--");
            assertFileRefused(cutOff, YEAR, FILE, "--b");
            assertFileRefused(cutOff, YEAR, FILE, "--b-");
            assertFileRefused(cutOff, YEAR, FILE, "--b\r\nContent-Disp");
        }

        @Test
        void endWithSomethingElseBehindItIsRefused() throws IOException {
            assertFileRefused(
                    "The form is malformed: a part has no proper end or head.",
                    YEAR,
                    FILE,
                    "--bxx" + "x".repeat(70_000));
        }

        @Test
        void malformedPartIsRefused() throws IOException {
            assertFileRefused(
                    "A part of the form has no Content-Disposition: form-data.", FILE, "--b\r\nX: y\r\n\r\n", END);
        }

        @Test
        void endlessEpilogueIsRefused() throws IOException {
            assertFileRefused("The form holds too much besides its file.", FILE, "--b--", "x".repeat(500_000));
        }

        @Test
        void announcedBytesThatNeverComeAreRefused() throws IOException {
            byte[] bytes = String.join("\r\n", YEAR, FILE, END).getBytes(ISO_8859_1);
            FormBody form = new FormBody(
                    new ClientBody(new ByteArrayInputStream(bytes), bytes.length + 1L, Paces.ANY),
                    Optional.of("b"),
                    Optional.empty());
            form.fields();
            assertRefused(() -> form.file().bytes().readAllBytes());
        }

        private void assertFileRefused(String message, String... lines) throws IOException {
            FormBody form = form(lines);
            form.fields();
            assertThatExceptionOfType(RefusedBodyException.class)
                    .isThrownBy(() -> form.file().bytes().readAllBytes())
                    .withMessage(message);
        }
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static void assertRefused(Reading reading) {
        assertThatExceptionOfType(RefusedBodyException.class).isThrownBy(reading::run);
    }

    /** A form with the boundary {@code b}, of one character per byte. */
    private static FormBody form(String... lines) throws IOException {
        byte[] bytes = String.join("\r\n", lines).getBytes(ISO_8859_1);
        return new FormBody(
                new ClientBody(new ByteArrayInputStream(bytes), ClientBody.LENGTH_UNKNOWN, Paces.ANY),
                Optional.of("b"),
                Optional.empty());
    }
}
