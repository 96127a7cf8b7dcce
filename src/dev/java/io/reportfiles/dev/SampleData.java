package io.reportfiles.dev;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Organisations, sections, accounts and a few files to look at, made through the application's own HTTP interface. What
 * exists already is left alone, so that it can be loaded at every start.
 */
final class SampleData {
    private static final String JSON = "application/json";
    private static final Pattern NO_FILES = Pattern.compile("\"total\"\\s*:\\s*0\\b");
    private static final int CREATED = 201;
    private static final int EXISTS = 409;

    private static final List<String> REGIONS = List.of(
            "{\"code\":\"north\",\"name\":\"Northern Region\"}", "{\"code\":\"south\",\"name\":\"Southern Region\"}");

    private static final List<String> ORGANISATIONS = List.of(
            organisation("alder", "State of Alder", "state", "north"),
            organisation("birch", "Birch River Tribe", "tribe", "north"),
            organisation("cedar", "State of Cedar", "state", "south"),
            organisation("dogwood", "Department of Dogwood", "department", "south"));

    private static final List<String> SECTIONS = List.of(
            section("active", "Active Case Data"),
            section("closed", "Closed Case Data"),
            section("aggregate", "Aggregate Data"));

    private final Application application;
    private final String adminPassword;

    private SampleData(Application application, String adminPassword) {
        this.application = application;
        this.adminPassword = adminPassword;
    }

    /**
     * Makes what is missing.
     *
     * @return what there is to look at, or why there is nothing, in one sentence
     */
    static String load(Application application, String adminPassword, RunDirectory directory)
            throws IOException, InterruptedException {
        SampleData samples = new SampleData(application, adminPassword);
        String accountPassword = directory.secret("sample-password");
        try {
            samples.createAll("api/regions", REGIONS);
            samples.createAll("api/organisations", ORGANISATIONS);
            samples.createAll("api/sections", SECTIONS);
            samples.createAll(
                    "api/accounts",
                    List.of(
                            account("alice", "Alice Alder", "ANALYST", "alder", accountPassword),
                            account("bob", "Bob Birch", "READER", "birch", accountPassword)));
            samples.submitFiles();
            return "organisations alder, birch, cedar, dogwood; analyst alice and reader bob / " + accountPassword;
        } catch (RunFailure e) {
            return "not loaded: " + e.getMessage();
        }
    }

    private static String organisation(String code, String name, String type, String region) {
        return "{\"code\":\"%s\",\"name\":\"%s\",\"type\":\"%s\",\"region\":\"%s\"}"
                .formatted(code, name, type, region);
    }

    private static String section(String code, String title) {
        return "{\"code\":\"%s\",\"title\":\"%s\",\"extensions\":[\"txt\",\"csv\",\"pdf\",\"xlsx\",\"zip\"],\"maxBytes\":5368709120}"
                .formatted(code, title);
    }

    private static String account(String name, String displayName, String role, String organisation, String password) {
        return "{\"name\":\"%s\",\"displayName\":\"%s\",\"password\":\"%s\",\"roles\":[\"%s\"],\"organisation\":\"%s\"}"
                .formatted(name, displayName, password, role, organisation);
    }

    private void createAll(String path, List<String> bodies) throws IOException, InterruptedException {
        for (String body : bodies) {
            require(application.post(path, JSON, body.getBytes(StandardCharsets.UTF_8), adminPassword), path);
        }
    }

    /** Only into an application that has no file yet: each submission is a new version. */
    private void submitFiles() throws IOException, InterruptedException {
        HttpResponse<String> list = application.get("api/report-files?size=1", adminPassword);
        if (!NO_FILES.matcher(list.body()).find()) {
            return;
        }
        submit("alder", "Q1", "active", "alder-active.csv", 2_000);
        submit("alder", "Q1", "active", "alder-active-corrected.csv", 2_004);
        submit("alder", "Q2", "active", "alder-active.csv", 2_100);
        submit("alder", "Q2", "aggregate", "alder-summary.csv", 12);
        submit("birch", "Q1", "closed", "birch-closed.csv", 300);
        submit("cedar", "Q1", "active", "cedar-active.csv", 20_000);
    }

    private void submit(String organisation, String quarter, String section, String filename, int rows)
            throws IOException, InterruptedException {
        String path = "api/report-files?organisation=%s&year=2026&quarter=%s&section=%s&filename=%s"
                .formatted(organisation, quarter, section, URLEncoder.encode(filename, StandardCharsets.UTF_8));
        require(application.post(path, "text/csv", cases(rows), adminPassword), "api/report-files");
    }

    private static byte[] cases(int rows) {
        Random random = new Random(rows);
        StringBuilder csv = new StringBuilder("case,opened,persons,amount\r\n");
        for (int i = 1; i <= rows; i++) {
            csv.append("%06d,2026-%02d-%02d,%d,%d.%02d\r\n"
                    .formatted(
                            i,
                            1 + random.nextInt(3),
                            1 + random.nextInt(28),
                            1 + random.nextInt(6),
                            100 + random.nextInt(900),
                            random.nextInt(100)));
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void require(HttpResponse<String> answer, String path) {
        if (answer.statusCode() != CREATED && answer.statusCode() != EXISTS) {
            throw new RunFailure("POST /%s answered %d".formatted(path, answer.statusCode()));
        }
    }
}
