package io.reportfiles.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    private Path directory;

    @Test
    void secretInANewLineOfTheLogIsFound() throws IOException {
        Secrets secrets = new Secrets();
        secrets.add("correct horse of alice");
        secrets.add("correct horse of bob");
        secrets.add("a word"); // too short to mean anything
        Path log = Files.writeString(directory.resolve("log"), "a word, and correct horse of nobody\n");
        assertThat(secrets.search(log)).isEmpty();

        Files.writeString(log, "x\n{\"m\":\"<correct horse of bob>\"}\ny\n", StandardOpenOption.APPEND);
        assertThat(secrets.search(log)).singleElement().asString().startsWith("the log: {");
        assertThat(secrets.search(log)).as("what was searched before").isEmpty();
    }
}
