package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.reportfile.FileName;
import io.reportfiles.reportfile.HostileNames;
import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import io.reportfiles.web.http.PortableName;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file has one name, whichever way it came, and goes out under one, whichever way that is. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class FileNamesIT {

    private static final byte[] CONTENT = "1,2\n".getBytes(UTF_8);
    private static final String SECTION = "N" + UUID.randomUUID().toString().substring(0, 8);
    private static final Pattern DISPOSITION =
            Pattern.compile("attachment; filename=\"([ -~&&[^\"\\\\]]+)\"; filename\\*=UTF-8''([!-~]+)");
    private static final Set<String> DEVICES =
            Set.of("CON", "PRN", "AUX", "NUL", "COM1", "LPT1", "LPT\u00B9", "COM\u00B2");

    private static final Map<String, HttpResponse<String>> RAW = new HashMap<>();

    private static SubmissionScene scene;

    @BeforeAll
    static void create() {
        scene = new SubmissionScene();
        Api.admin()
                .create(
                        "api/sections",
                        "{\"code\":\"%s\",\"title\":\"Names\",\"names\":{\"any\":true},\"maxBytes\":1000}"
                                .formatted(SECTION));
    }

    @Test
    void everyWayInMakesTheSameNameOfWhatItIsSent() throws Exception {
        assertThat(HostileNames.all()).hasSizeGreaterThan(160).doesNotHaveDuplicates();
        for (String name : HostileNames.all()) {
            Optional<String> expected = stored(name);
            assertThat(nameOrRefusal(raw(name))).as("whole body: %s", name).isEqualTo(expected);
            assertThat(nameOrRefusal(formWithExtendedName(name)))
                    .as("filename*: %s", name)
                    .isEqualTo(expected);
            assertThat(uploaded(name)).as("tus: %s", name).isEqualTo(expected);
            assertThat(nameOrRefusal(formOfABrowser(name)))
                    .as("form: %s", name)
                    .isEqualTo(stored(FormFileName.decode(escapedByBrowser(name))));
        }
    }

    @Test
    void everyWayOutOffersTheSameNameThatAnyDesktopTakes(@TempDir Path directory) throws Exception {
        List<String> names = HostileNames.accepted();
        assertThat(names).hasSizeGreaterThan(120);
        List<String> offered = new ArrayList<>();
        for (List<String> some : HostileNames.inPiecesOf(names, 90)) {
            List<String> ids = new ArrayList<>();
            for (String name : some) {
                JsonObject metadata = SubmissionScene.json(raw(name));
                assertThat(metadata.getString("filename"))
                        .isEqualTo(stored(name).orElseThrow());
                ids.add(metadata.getString("id"));
                offered.add(offeredName(metadata.getString("id")));
                assertThat(offered)
                        .last()
                        .isEqualTo(
                                PortableName.of(metadata.getString("filename")).value());
            }
            Path zip = directory.resolve("some.zip");
            HttpResponse<byte[]> answer = bytes("files.zip?id=" + String.join("&id=", ids));
            assertThat(answer.statusCode()).isEqualTo(200);
            Files.write(zip, answer.body());
            assertUnzipped(
                    zip,
                    Files.createDirectory(directory.resolve("unzipped-" + offered.size())),
                    offered.subList(offered.size() - some.size(), offered.size()));
        }
    }

    /** Which of the two is meant is seen where the client is one that escapes blanks, or plus signs. */
    @Test
    void aBarePlusInAQueryIsUnderstoodAsFarAsItCanBe() throws Exception {
        HttpResponse<String> told = SubmissionScene.postRaw(query("a+b.csv"), BodyPublishers.ofByteArray(CONTENT));
        assertThat(nameOrRefusal(told)).contains("a b.csv");
        assertThat(told.headers().firstValue("Report-File-Note"))
                .contains("The + in filename was read as a blank: %2B is a plus, %20 a blank.");
        HttpResponse<String> known = SubmissionScene.postRaw(query("a+b%20c.csv"), BodyPublishers.ofByteArray(CONTENT));
        assertThat(nameOrRefusal(known)).contains("a+b c.csv");
        assertThat(known.headers().firstValue("Report-File-Note")).isEmpty();
        assertThat(nameOrRefusal(SubmissionScene.postRaw(query("a+b%2Bc.csv"), BodyPublishers.ofByteArray(CONTENT))))
                .contains("a b+c.csv");
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-01T00:00:00+02:00, 2099-01-01T00:00:00+02:00",
        "2020-01-01T00:00:00%2B02:00, 2099-01-01T00:00:00Z"
    })
    void aBarePlusInAnInstantIsItsOffset(String from, String until) throws Exception {
        for (String list : List.of("api/audit", "api/transfers")) {
            SubmissionScene.get(address(list + "?size=1&from=" + from + "&until=" + until));
        }
        SubmissionScene.get(address("api/report-files/summary?by=day&from=2026-01-01T00:00:00+02:00"
                + "&until=2026-02-01T00:00:00+02:00&zone=+02:00"));
    }

    /** What .NET's MultipartFormDataContent writes, with and without its FileNameStar; the same of mail libraries. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name=file; filename=\"=?utf-8?B?w5xiZXIgJ2EuY3N2?=\"; filename*=utf-8''%C3%9Cber%20%27a.csv",
                "name=file; filename=\"=?utf-8?B?w5xiZXIgJ2EuY3N2?=\"",
                "name=\"file\"; filename=\"=?UTF-8?Q?=C3=9Cber_'a.csv?=\"",
            })
    void encodedWordsAreTheirName(String disposition) throws Exception {
        Form form = scene.form(SECTION).part("form-data; " + disposition, CONTENT);
        assertThat(nameOrRefusal(SubmissionScene.postForm(form))).contains("Über 'a.csv");
    }

    @Test
    void aSectionSaysWhichNamesItTakes() throws Exception {
        String patterns = SECTION + ".p";
        Api.admin()
                .create(
                        "api/sections",
                        "{\"code\":\"%s\",\"title\":\"Patterns\",\"names\":{\"patterns\":[\"*.ms??\",\"ADS.*\"]},\"maxBytes\":1000}"
                                .formatted(patterns));
        for (String name : List.of("ADS.E2J.FTP1.TS142", "ads.x", "a.MS01")) {
            HttpResponse<String> answer =
                    SubmissionScene.postRaw(scene.query(patterns, name), BodyPublishers.ofByteArray(CONTENT));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(SubmissionScene.json(answer).getString("contentType")).isEqualTo("application/octet-stream");
            HttpResponse<byte[]> download =
                    bytes("files/" + SubmissionScene.json(answer).getString("id") + "?disposition=inline");
            assertThat(download.headers().firstValue("Content-Disposition").orElseThrow())
                    .startsWith("attachment;");
            assertThat(download.headers().firstValue("Content-Type")).contains("application/octet-stream");
        }
        Map<String, String> fields = fields("README");
        fields.put("section", patterns);
        for (HttpResponse<String> refused : List.of(
                SubmissionScene.postRaw(scene.query(patterns, "README"), BodyPublishers.ofByteArray(CONTENT)),
                SubmissionScene.postForm(scene.form(patterns).file("README", CONTENT)),
                tus(fields))) {
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(SubmissionScene.errors(refused))
                    .containsValue("The section accepts files whose names look like *.ms??, ADS.*.");
        }
    }

    private static Optional<String> stored(String sent) {
        try {
            return Optional.of(FileName.parse(sent).value());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> nameOrRefusal(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(201, 400);
        return answer.statusCode() == 201
                ? Optional.of(SubmissionScene.json(answer).getString("filename"))
                : Optional.empty();
    }

    private static String query(String encodedName) {
        return scene.query(SECTION, encodedName);
    }

    private static String percentEncoded(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20").replace("*", "%2A");
    }

    /** The answer to a submission with this name, which is sent once. */
    private static HttpResponse<String> raw(String name) throws IOException, InterruptedException {
        HttpResponse<String> answer = RAW.get(name);
        if (answer == null) {
            answer = SubmissionScene.postRaw(query(percentEncoded(name)), BodyPublishers.ofByteArray(CONTENT));
            RAW.put(name, answer);
        }
        return answer;
    }

    private static String escapedByBrowser(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static HttpResponse<String> formOfABrowser(String name) throws IOException, InterruptedException {
        return SubmissionScene.postForm(scene.form(SECTION).file(escapedByBrowser(name), CONTENT));
    }

    private static HttpResponse<String> formWithExtendedName(String name) throws IOException, InterruptedException {
        return SubmissionScene.postForm(scene.form(SECTION)
                .part("form-data; name=\"file\"; filename=\"x\"; filename*=UTF-8''" + percentEncoded(name), CONTENT));
    }

    private static Map<String, String> fields(String name) {
        return new LinkedHashMap<>(Map.of(
                "organisation",
                scene.organisation,
                "year",
                "2026",
                "quarter",
                "Q3",
                "section",
                SECTION,
                "filename",
                name));
    }

    private static HttpResponse<String> tus(Map<String, String> fields) throws IOException, InterruptedException {
        String metadata = fields.entrySet().stream()
                .map(field -> field.getKey() + " "
                        + Base64.getEncoder().encodeToString(field.getValue().getBytes(UTF_8)))
                .collect(Collectors.joining(","));
        return SubmissionScene.send(HttpRequest.newBuilder(address("uploads"))
                .header("Authorization", SubmissionScene.ADMIN)
                .header("Tus-Resumable", "1.0.0")
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Length", Integer.toString(CONTENT.length))
                .header("Upload-Metadata", metadata)
                .POST(BodyPublishers.ofByteArray(CONTENT)));
    }

    private static Optional<String> uploaded(String name) throws IOException, InterruptedException {
        HttpResponse<String> answer = tus(fields(name));
        assertThat(answer.statusCode()).as(answer.body()).isIn(201, 400);
        if (answer.statusCode() == 400) {
            return Optional.empty();
        }
        String id = answer.headers().firstValue("Report-File").orElseThrow();
        JsonObject file = SubmissionScene.json(SubmissionScene.get(address("api/report-files/" + id)));
        assertThat(file.containsKey("charset"))
                .as("what is read back is looked at as well")
                .isEqualTo(file.getString("contentType").startsWith("text/"));
        return Optional.of(file.getString("filename"));
    }

    private static URI address(String path) {
        return Deployed.baseUri().resolve(path);
    }

    private static HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(address(path))
                                .header("Authorization", SubmissionScene.ADMIN)
                                .build(),
                        BodyHandlers.ofByteArray());
    }

    /** The name in the head of a download; the one for old programs has to be as harmless. */
    private static String offeredName(String id) throws IOException, InterruptedException {
        HttpResponse<String> head = SubmissionScene.send(HttpRequest.newBuilder(address("files/" + id))
                .header("Authorization", SubmissionScene.ADMIN)
                .method("HEAD", BodyPublishers.noBody()));
        Matcher disposition = DISPOSITION.matcher(
                head.headers().firstValue("Content-Disposition").orElseThrow());
        assertThat(disposition.matches()).as(disposition.toString()).isTrue();
        String name = URLDecoder.decode(disposition.group(2).replace("+", "%2B"), UTF_8);
        for (String one : List.of(disposition.group(1), name)) {
            assertPortable(one);
        }
        return name;
    }

    private static void assertPortable(String name) {
        assertThat(name).doesNotContainPattern("[<>:\"/\\\\|?*\\x00-\\x1f]").doesNotMatch("(?s)[. ].*|.*[. ]");
        assertThat(DEVICES).doesNotContain(name.replaceFirst(" *\\..*", "").toUpperCase(Locale.ROOT));
        assertThat(name.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(255);
    }

    private static void assertUnzipped(Path zip, Path directory, List<String> offered) throws IOException {
        Set<String> folded = new HashSet<>();
        List<String> entries = new ArrayList<>();
        try (ZipFile file = new ZipFile(zip.toFile(), UTF_8)) {
            for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                assertPortable(entry.getName());
                entries.add(entry.getName());
                assertThat(folded.add(PortableName.of(entry.getName()).folded()))
                        .as(entry.getName())
                        .isTrue();
                Files.copy(file.getInputStream(entry), directory.resolve(entry.getName()));
            }
        }
        assertThat(entries).hasSameSizeAs(offered);
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).replaceFirst(" \\([0-9]+\\)", ""))
                    .as("but for a number that makes it unique")
                    .isIn(offered.get(i), offered.get(i).replaceFirst(" \\([0-9]+\\)", ""));
        }
    }
}
