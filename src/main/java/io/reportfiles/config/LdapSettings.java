package io.reportfiles.config;

import io.reportfiles.access.Role;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signing in with the name and the password that an LDAP directory knows.
 *
 * @param server the directory; empty for none
 * @param refusalTime how long a refused sign-in takes at least, where there is a directory
 */
public record LdapSettings(Optional<Server> server, Duration refusalTime) {

    /**
     * A directory.
     *
     * @param addresses of equal servers, asked in turn until one can be reached
     * @param startTls whether connections that begin in the clear are encrypted before anything is said
     * @param reader as whom entries are read; empty for nobody before, and the person after the sign-in
     * @param timeout for a connection, and for each answer
     * @param people where persons are
     * @param groups what they are in
     */
    public record Server(
            List<URI> addresses,
            boolean startTls,
            Optional<Reader> reader,
            Duration timeout,
            People people,
            Groups groups) {}

    /**
     * An account of the application's own in the directory.
     *
     * @param dn its distinguished name
     * @param password its password
     */
    public record Reader(String dn, Secret password) {}

    /**
     * How a person's entry is found.
     *
     * @param dn distinguished name with {@code {name}} in it; empty where it is searched for
     * @param base below which it is searched for; empty where the name is enough
     * @param filter with {@code {name}} in it
     * @param idAttribute what never changes and is never given to anybody else
     * @param organisationAttribute which one has the code of the organisation
     * @param regionAttribute which one has the code of the region
     */
    public record People(
            Optional<String> dn,
            Optional<String> base,
            String filter,
            String idAttribute,
            String organisationAttribute,
            String regionAttribute) {}

    /**
     * Which groups count.
     *
     * @param base below which they are; empty for no groups at all
     * @param filter with {@code {dn}} or {@code {name}} of the person's entry in it
     * @param nameAttribute what they are called by
     * @param roles from group to the roles it gives
     */
    public record Groups(Optional<String> base, String filter, String nameAttribute, Map<String, List<Role>> roles) {}

    private static final String ATTRIBUTE = "[A-Za-z][A-Za-z0-9-]{0,99}";
    private static final String AN_ATTRIBUTE = "the name of an attribute";

    static final Setting<List<URI>> URL = Setting.list(
                    "reportfiles.ldap.url",
                    "addresses beginning with ldaps:// or ldap://, separated by commas",
                    LdapSettings::address)
            .meaning(
                    "The LDAP directory; several addresses are of equal servers, asked in turn. Not set: nobody signs in"
                            + " with one.");

    static final Setting<Boolean> START_TLS = Setting.flag("reportfiles.ldap.start-tls")
            .or("true")
            .meaning(
                    "Whether connections to `ldap://` are encrypted by StartTLS. Without, everybody's password is sent in"
                            + " the clear. Certificates have to be known to the server's trust store.");

    static final Setting<String> BIND_DN = Setting.text("reportfiles.ldap.bind-dn", "[^=]+=.+", "a distinguished name")
            .meaning("The application's own account in the directory, with which entries are read. Not set: persons are"
                    + " searched for by nobody in particular, and groups read by the person who signs in.");

    static final Setting<Secret> BIND_PASSWORD =
            Setting.secret("reportfiles.ldap.bind-password").meaning("The password of that account.");

    static final Setting<Duration> TIMEOUT = Setting.duration("reportfiles.ldap.timeout", "100ms", "30s")
            .or("3s")
            .meaning("How long a connection, and each answer, may take.");

    static final Setting<String> USER_DN = Setting.text(
                    "reportfiles.ldap.user-dn", "[^=]+=.*\\{name}.*", "a distinguished name with `{name}` in it")
            .meaning("Distinguished name of whoever signs in with `{name}`, such as"
                    + " `uid={name},ou=people,dc=example,dc=org`. Either this or `reportfiles.ldap.user-base`.");

    static final Setting<String> USER_BASE = Setting.text(
                    "reportfiles.ldap.user-base", "[^=]+=.+", "a distinguished name")
            .meaning("Where persons are searched for.");

    static final Setting<String> USER_FILTER = Setting.text(
                    "reportfiles.ldap.user-filter", "\\(.*\\{name}.*\\)", "an LDAP filter with `{name}` in it")
            .or("(uid={name})")
            .meaning("Whom `{name}` means, exactly one person. Active Directory: `(sAMAccountName={name})`.");

    static final Setting<String> ID_ATTRIBUTE = Setting.text("reportfiles.ldap.id-attribute", ATTRIBUTE, AN_ATTRIBUTE)
            .or("entryUUID")
            .meaning("What a person is recognised by next time, whatever the name is then. Active Directory:"
                    + " `objectGUID`. To change it is to give everybody a new account.");

    static final Setting<String> ORGANISATION_ATTRIBUTE = Setting.text(
                    "reportfiles.ldap.organisation-attribute", ATTRIBUTE, AN_ATTRIBUTE)
            .or("o")
            .meaning("The attribute with the code of the organisation that a person acts for.");

    static final Setting<String> REGION_ATTRIBUTE = Setting.text(
                    "reportfiles.ldap.region-attribute", ATTRIBUTE, AN_ATTRIBUTE)
            .or("l")
            .meaning("The attribute with the code of the region that a person reviews.");

    static final Setting<String> GROUP_BASE = Setting.text(
                    "reportfiles.ldap.group-base", "[^=]+=.+", "a distinguished name")
            .meaning("Where groups are searched for; groups elsewhere do not count. Not set: nobody is in any.");

    static final Setting<String> GROUP_FILTER = Setting.text(
                    "reportfiles.ldap.group-filter",
                    "\\(.*\\{(dn|name)}.*\\)",
                    "an LDAP filter with `{dn}` or `{name}` in it")
            .or("(|(member={dn})(uniqueMember={dn})(memberUid={name}))")
            .meaning(
                    "Which groups a person is in; `{name}` is the `uid` of the entry, or what the entry has where a name is"
                            + " searched for. Active Directory, groups in groups included: `(member:1.2.840.113556.1.4.1941:={dn})`.");

    static final Setting<String> GROUP_ATTRIBUTE = Setting.text(
                    "reportfiles.ldap.group-attribute", ATTRIBUTE, AN_ATTRIBUTE)
            .or("cn")
            .meaning("What groups are called by in `reportfiles.ldap.roles`.");

    static final Setting<List<Map.Entry<String, Role>>> ROLES = Setting.list(
                    "reportfiles.ldap.roles", GroupRoles.ACCEPTS, GroupRoles::pair)
            .meaning("Which group gives which role. What " + OidcSettings.ROLES.name()
                    + " says of them holds here, too.");

    static final Setting<Duration> REFUSAL_TIME = Setting.duration("reportfiles.ldap.refusal-time", "0s", "5s")
            .or("500ms")
            .meaning(
                    "How long a refused sign-in takes at least, local accounts' included: longer than the directory takes"
                            + " for a wrong password, so that the time does not tell whom it knows.");

    static final List<Setting<?>> ALL = List.of(
            URL,
            START_TLS,
            BIND_DN,
            BIND_PASSWORD,
            TIMEOUT,
            USER_DN,
            USER_BASE,
            USER_FILTER,
            ID_ATTRIBUTE,
            ORGANISATION_ATTRIBUTE,
            REGION_ATTRIBUTE,
            GROUP_BASE,
            GROUP_FILTER,
            GROUP_ATTRIBUTE,
            ROLES,
            REFUSAL_TIME);

    static LdapSettings read(SettingsReader reader) {
        boolean startTls = reader.read(START_TLS);
        Optional<Reader> account = readReader(reader);
        Duration timeout = reader.read(TIMEOUT);
        People people = readPeople(reader);
        Groups groups = readGroups(reader);
        Optional<Server> server =
                reader.find(URL).map(addresses -> new Server(addresses, startTls, account, timeout, people, groups));
        if (server.isPresent() && people.dn().isPresent() == people.base().isPresent()) {
            throw new SettingsException(
                    "With %s exactly one of %s and %s is set.".formatted(URL.name(), USER_DN.name(), USER_BASE.name()));
        }
        return new LdapSettings(server, reader.read(REFUSAL_TIME));
    }

    private static Optional<Reader> readReader(SettingsReader reader) {
        Optional<String> dn = reader.find(BIND_DN);
        Optional<Secret> password = reader.find(BIND_PASSWORD);
        if (dn.isPresent() != password.isPresent()) {
            throw new SettingsException("%s and %s belong together; one is set without the other."
                    .formatted(BIND_DN.name(), BIND_PASSWORD.name()));
        }
        return dn.map(name -> new Reader(name, password.orElseThrow()));
    }

    private static People readPeople(SettingsReader reader) {
        return new People(
                reader.find(USER_DN),
                reader.find(USER_BASE),
                reader.read(USER_FILTER),
                reader.read(ID_ATTRIBUTE),
                reader.read(ORGANISATION_ATTRIBUTE),
                reader.read(REGION_ATTRIBUTE));
    }

    private static Groups readGroups(SettingsReader reader) {
        return new Groups(
                reader.find(GROUP_BASE),
                reader.read(GROUP_FILTER),
                reader.read(GROUP_ATTRIBUTE),
                GroupRoles.byGroup(reader.find(ROLES)));
    }

    private static URI address(String text) {
        URI address = URI.create(text);
        boolean plain = address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawPath().length() <= 1;
        if (!text.matches("(?i)ldaps?://.*") || address.getHost() == null || !plain) {
            throw new IllegalArgumentException("no address of a directory");
        }
        return address;
    }
}
