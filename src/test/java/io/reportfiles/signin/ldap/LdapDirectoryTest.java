package io.reportfiles.signin.ldap;

import static io.reportfiles.server.LdapServer.BASE;
import static io.reportfiles.server.LdapServer.GROUPS;
import static io.reportfiles.server.LdapServer.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.access.Role;
import io.reportfiles.account.ExternalIdentity;
import io.reportfiles.account.ExternalProfiles;
import io.reportfiles.catalogue.Catalogue;
import io.reportfiles.catalogue.OrganisationDetails;
import io.reportfiles.catalogue.RegionDetails;
import io.reportfiles.config.TestSettings;
import io.reportfiles.dev.FreePort;
import io.reportfiles.server.LdapServer;
import io.reportfiles.signin.DirectoryException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LdapDirectoryTest {

    private static final String PASSWORD = "a password of the directory";

    private static LdapServer server;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        server = LdapServer.start(temporary);
        String anna = server.addPerson(
                "anna",
                PASSWORD,
                "displayName: Anna Alder",
                "cn: A. Alder",
                "o: ALPHA",
                "l: NORTH",
                "mail: a@x.example");
        String bert = server.addPerson("bert, jr.", PASSWORD, "cn: Bert", "o: NOWHERE", "mail: b@x.example");
        server.addPerson("twin", PASSWORD, "cn: First", "mail: b@x.example");
        server.addPerson("alder", PASSWORD, "uid: annika", "cn: Annika");
        server.addGroup(GROUPS, "Analysts", "member", anna, bert);
        server.addGroup(GROUPS, "readers", "memberUid", "anna");
        server.addGroup(GROUPS, "others", "uniqueMember", anna);
        server.addGroup(PEOPLE, "admins", "member", anna); // not where groups count
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Has one region with one organisation. */
    private static final class OneOfEach extends Catalogue {
        @Override
        public Optional<OrganisationDetails> findOrganisation(String code) {
            return Optional.of(new OrganisationDetails(code, code, "state", Optional.of("NORTH")))
                    .filter(known -> code.equals("ALPHA"));
        }

        @Override
        public Optional<RegionDetails> findRegion(String code) {
            return Optional.of(new RegionDetails(code, code)).filter(known -> code.equals("NORTH"));
        }
    }

    private static Map<String, String> searching() {
        Map<String, String> settings = new HashMap<>();
        settings.put("reportfiles.ldap.url", server.address().toString());
        settings.put("reportfiles.ldap.bind-dn", LdapServer.READER);
        settings.put("reportfiles.ldap.bind-password", LdapServer.READER_PASSWORD);
        settings.put("reportfiles.ldap.user-base", PEOPLE);
        settings.put("reportfiles.ldap.group-base", GROUPS);
        settings.put(
                "reportfiles.ldap.roles", "analysts=ANALYST, readers=READER, readers=AUDITOR, admins=ADMINISTRATOR");
        settings.put("reportfiles.ldap.timeout", "1s");
        return settings;
    }

    private static Map<String, String> byName() {
        Map<String, String> settings = searching();
        settings.remove("reportfiles.ldap.user-base");
        settings.remove("reportfiles.ldap.bind-dn");
        settings.remove("reportfiles.ldap.bind-password");
        settings.put("reportfiles.ldap.user-dn", "uid={name}," + PEOPLE);
        return settings;
    }

    private static LdapDirectory directory(Map<String, String> settings) {
        return new LdapDirectory(TestSettings.ldap(settings), new ExternalProfiles(new OneOfEach()), server::trusting);
    }

    @Test
    void personComesWithWhatTheEntryAndTheGroupsSay() {
        ExternalIdentity anna =
                directory(searching()).identify("Anna", PASSWORD).orElseThrow();

        assertThat(anna.name()).as("as the directory writes it").isEqualTo("anna");
        assertThat(anna.profile().displayName()).isEqualTo("Anna Alder");
        assertThat(anna.profile().roles()).containsExactlyInAnyOrder(Role.ANALYST, Role.READER, Role.AUDITOR);
        assertThat(anna.profile().organisation()).contains("ALPHA");
        assertThat(anna.profile().region()).contains("NORTH");
        assertThat(anna.subject()).matches("[0-9a-f-]{36}");
        assertThat(directory(byName()).identify("anna", PASSWORD).orElseThrow().subject())
                .isEqualTo(anna.subject());
    }

    @Test
    void ofSeveralNamesTheOneThatIsTypedCounts() {
        for (String typed : List.of("alder", "annika", "Annika")) {
            assertThat(directory(searching())
                            .identify(typed, PASSWORD)
                            .orElseThrow()
                            .name())
                    .isEqualTo(typed.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void groupsDoNotDependOnHowTheNameIsTyped() {
        Map<String, String> byMail = searching();
        byMail.put("reportfiles.ldap.user-filter", "(|(mail={name})(uid={name}))");
        for (Map<String, String> settings : List.of(searching(), byName(), byMail)) {
            int before = server.filters().size();

            assertThat(directory(settings).identify("ANNA", PASSWORD)).isPresent();

            assertThat(server.filters().subList(before, server.filters().size()))
                    .as("members are compared exactly elsewhere")
                    .anyMatch(filter -> filter.contains("(memberUid=anna)"))
                    .noneMatch(filter -> filter.contains("(memberUid=ANNA)"));
        }
        assertThat(directory(byMail)
                        .identify("A@X.example", PASSWORD)
                        .orElseThrow()
                        .profile()
                        .roles())
                .contains(Role.READER);
    }

    @Test
    void nameIsThatOfTheSearchWhereThereIsNoUid() {
        server.addNamed("cn", "Hans", PASSWORD, "sAMAccountName: hans");
        Map<String, String> settings = searching();
        settings.put("reportfiles.ldap.user-filter", "(&(objectClass=*)(sAMAccountName={name}))");

        assertThat(directory(settings).identify("HANS", PASSWORD).orElseThrow().name())
                .isEqualTo("hans");
    }

    @Test
    void personNeedsNoMoreThanAnEntryWithAName() {
        ExternalIdentity bert =
                directory(byName()).identify("bert, jr.", PASSWORD).orElseThrow();

        assertThat(bert.profile().displayName()).isEqualTo("Bert");
        assertThat(bert.profile().roles()).containsExactly(Role.ANALYST);
        assertThat(bert.profile().organisation()).as("a code that nothing has").isEmpty();
        Map<String, String> withoutGroups = byName();
        withoutGroups.remove("reportfiles.ldap.group-base");
        assertThat(directory(withoutGroups)
                        .identify("bert, jr.", PASSWORD)
                        .orElseThrow()
                        .profile()
                        .roles())
                .isEmpty();
    }

    @Test
    void wrongPasswordAndUnknownNameAreTheSame() {
        assertThat(directory(searching()).identify("anna", "wrong")).isEmpty();
        assertThat(directory(searching()).identify("nobody", PASSWORD)).isEmpty();
        assertThat(directory(byName()).identify("anna", "wrong")).isEmpty();
        assertThat(directory(byName()).identify("nobody", PASSWORD)).isEmpty();
    }

    @Test
    void entryWithoutAPasswordIsLikeAWrongOne() {
        server.addPerson("carl", PASSWORD);
        server.removePassword("carl");

        assertThat(directory(searching()).identify("carl", PASSWORD)).isEmpty();
        assertThat(directory(byName()).identify("carl", PASSWORD)).isEmpty();
        Map<String, String> asCarl = searching();
        asCarl.put("reportfiles.ldap.bind-dn", "uid=carl," + PEOPLE);
        assertThatThrownBy(() -> directory(asCarl).identify("anna", PASSWORD))
                .isInstanceOf(DirectoryException.class)
                .hasMessageContaining("refuses uid=carl");
    }

    @Test
    void emptyPasswordIsNobodys() {
        assertThat(directory(searching()).identify("anna", "")).isEmpty();
        assertThat(directory(byName()).identify("anna", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "an*",
                "anna)(uid=*",
                "*)(objectClass=*",
                "anna,ou=people",
                "anna+cn=x",
                "\\61nna",
                "an\\na",
                "anna#",
                "\"anna\"",
                " ",
                "a/b"
            })
    void nameIsAValueAndNothingElse(String name) {
        assertThat(directory(searching()).identify(name, PASSWORD)).isEmpty();
        assertThat(directory(byName()).identify(name, PASSWORD)).isEmpty();
    }

    @Test
    void nameThatMeansTwoMeansNobody() {
        Map<String, String> byMail = searching();
        byMail.put("reportfiles.ldap.user-filter", "(mail={name})");

        assertThat(directory(byMail).identify("a@x.example", PASSWORD)).isPresent();
        assertThat(directory(byMail).identify("b@x.example", PASSWORD)).isEmpty();
    }

    @Test
    void connectionIsEncryptedUnlessItIsSaidNotTo() {
        LdapDirectory distrusting =
                new LdapDirectory(TestSettings.ldap(searching()), new ExternalProfiles(new OneOfEach()), () ->
                        (SSLSocketFactory) SSLSocketFactory.getDefault());
        assertThatThrownBy(() -> distrusting.identify("anna", PASSWORD))
                .isInstanceOf(DirectoryException.class)
                .hasRootCauseMessage("unable to find valid certification path to requested target");

        Map<String, String> otherHost = searching();
        otherHost.put("reportfiles.ldap.url", server.address().toString().replace("127.0.0.1", "localhost"));
        assertThatThrownBy(() -> directory(otherHost).identify("anna", PASSWORD))
                .as("a certificate of another host")
                .isInstanceOf(DirectoryException.class);

        Map<String, String> plain = searching();
        plain.put("reportfiles.ldap.start-tls", "false");
        assertThat(directory(plain).identify("anna", PASSWORD)).isPresent();

        Map<String, String> distrusted = searching();
        distrusted.put("reportfiles.ldap.url", server.secureAddress().toString());
        assertThatThrownBy(() -> directory(distrusted).identify("anna", PASSWORD))
                .as("ldaps goes by the trust store of the JVM")
                .isInstanceOf(DirectoryException.class);
    }

    @Test
    void applicationsOwnAccountHasToBeRight() {
        Map<String, String> wrong = searching();
        wrong.put("reportfiles.ldap.bind-password", "wrong");
        assertThatThrownBy(() -> directory(wrong).identify("anna", PASSWORD))
                .isInstanceOf(DirectoryException.class)
                .hasMessageContaining("refuses " + LdapServer.READER);
        Map<String, String> withoutId = searching();
        withoutId.put("reportfiles.ldap.id-attribute", "employeeNumber");
        assertThatThrownBy(() -> directory(withoutId).identify("anna", PASSWORD))
                .isInstanceOf(DirectoryException.class)
                .hasMessageContaining("employeeNumber");
        Map<String, String> elsewhere = searching();
        elsewhere.put("reportfiles.ldap.user-base", "ou=nowhere," + BASE);
        assertThatThrownBy(() -> directory(elsewhere).identify("anna", PASSWORD))
                .isInstanceOf(DirectoryException.class);
    }

    @Test
    void nextServerIsAskedWhenOneIsAway() {
        String away = "ldap://127.0.0.1:" + FreePort.find();
        Map<String, String> settings = searching();
        settings.put("reportfiles.ldap.url", away + ", " + server.address());
        assertThat(directory(settings).identify("anna", PASSWORD)).isPresent();

        settings.put("reportfiles.ldap.url", away);
        assertThatThrownBy(() -> directory(settings).identify("anna", PASSWORD))
                .isInstanceOf(DirectoryException.class)
                .hasMessageContaining("can't be reached");
    }

    @ParameterizedTest
    @CsvSource({"ldap, true", "ldap, false", "ldaps, true"})
    void silenceIsNotWaitedForLongerThanConfigured(String scheme, String startTls) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = searching();
            settings.put("reportfiles.ldap.url", scheme + "://127.0.0.1:" + silent.getLocalPort());
            settings.put("reportfiles.ldap.start-tls", startTls);
            settings.put("reportfiles.ldap.timeout", "200ms");
            Instant start = Instant.now();

            assertThatThrownBy(() -> directory(settings).identify("anna", PASSWORD))
                    .isInstanceOf(DirectoryException.class);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void idOfActiveDirectoryIsBytes() {
        byte[] id = {(byte) 0x9f, 0, 10, (byte) 0xff, '*', 42, 7, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        server.addPerson("gerd", PASSWORD, "sAMAccountName: GERD");
        server.setBytes("gerd", "objectGUID", id);
        Map<String, String> settings = searching();
        settings.put("reportfiles.ldap.user-filter", "(sAMAccountName={name})");
        settings.put("reportfiles.ldap.id-attribute", "objectGUID");

        assertThat(directory(settings).identify("gerd", PASSWORD).orElseThrow().subject())
                .isEqualTo("9f000aff2a2a07010203040506070809");
    }
}
