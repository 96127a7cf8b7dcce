package io.reportfiles.signin.ldap;

import io.reportfiles.account.ExternalIdentity;
import io.reportfiles.account.ExternalProfiles;
import io.reportfiles.config.LdapSettings;
import io.reportfiles.config.LdapSettings.Groups;
import io.reportfiles.config.LdapSettings.People;
import io.reportfiles.config.LdapSettings.Reader;
import io.reportfiles.config.LdapSettings.Server;
import io.reportfiles.signin.Directory;
import io.reportfiles.signin.DirectoryException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.NamingException;
import javax.net.ssl.SSLSocketFactory;

/**
 * An LDAP directory: finds the person's entry, has the directory verify the password by becoming that person, and reads the
 * entry and the groups. Each question is a connection of its own.
 */
@ApplicationScoped
public class LdapDirectory implements Directory {

    private static final Logger LOG = System.getLogger(LdapDirectory.class.getName());

    /** There is one directory, whose address may change; ids are unique by themselves. */
    private static final String ISSUER = "ldap";

    private static final String NO_ATTRIBUTES = "1.1"; // RFC 4511 §4.5.1.8
    private static final List<String> DISPLAY_NAMES = List.of("displayName", "cn");
    private static final int MOST_GROUPS = 1_000;

    /** An attribute that is to have the name typed, in a filter or a distinguished name. */
    private static final Pattern NAMED = Pattern.compile("(?<![A-Za-z0-9-])([A-Za-z][A-Za-z0-9-]*+)=\\{name}");

    private LdapSettings settings;
    private ExternalProfiles profiles;
    private Supplier<SSLSocketFactory> sockets;

    /** For the client proxy. */
    protected LdapDirectory() {}

    /** Takes where the directory is, and what its entries come to. */
    @Inject
    public LdapDirectory(LdapSettings settings, ExternalProfiles profiles) {
        this(settings, profiles, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    LdapDirectory(LdapSettings settings, ExternalProfiles profiles, Supplier<SSLSocketFactory> sockets) {
        this.settings = settings;
        this.profiles = profiles;
        this.sockets = sockets;
    }

    @Override
    public Optional<ExternalIdentity> identify(String name, String password) {
        Server server = settings.server().orElseThrow(() -> new DirectoryException("none is configured"));
        try (LdapConnection connection = LdapConnection.open(server, sockets.get())) {
            Optional<String> dn = findDn(connection, server, name);
            if (dn.isEmpty()) {
                connection.bind("cn=" + UUID.randomUUID(), UUID.randomUUID().toString()); // takes as long as for others
                return Optional.empty();
            }
            return connection.bind(dn.get(), password)
                    ? Optional.of(describe(connection, server, dn.get(), name))
                    : Optional.empty();
        } catch (NamingException e) {
            throw new DirectoryException("it fails at a question", e);
        }
    }

    private static Optional<String> findDn(LdapConnection connection, Server server, String name)
            throws NamingException {
        People people = server.people();
        if (people.dn().isPresent()) {
            return Optional.of(LdapText.dn(people.dn().get(), name));
        }
        becomeReader(connection, server);
        List<LdapEntry> found = connection.search(
                people.base().orElseThrow(),
                LdapText.filter(people.filter(), Map.of("name", name)),
                List.of(NO_ATTRIBUTES),
                2);
        if (found.size() > 1) {
            LOG.log(Level.WARNING, "Two entries of the directory go by one name, so that nobody can sign in with it");
            return Optional.empty();
        }
        return found.stream().findFirst().map(LdapEntry::dn);
    }

    private static void becomeReader(LdapConnection connection, Server server) throws NamingException {
        Optional<Reader> reader = server.reader();
        if (reader.isPresent()
                && !connection.bind(reader.get().dn(), reader.get().password().value())) {
            throw new DirectoryException("it refuses " + reader.get().dn());
        }
    }

    private ExternalIdentity describe(LdapConnection connection, Server server, String dn, String typed)
            throws NamingException {
        People people = server.people();
        becomeReader(connection, server);
        List<String> names = nameAttributes(people);
        List<String> attributes = Stream.of(
                        names,
                        DISPLAY_NAMES,
                        List.of(people.idAttribute(), people.organisationAttribute(), people.regionAttribute()))
                .flatMap(List::stream)
                .distinct()
                .toList();
        LdapEntry entry = connection
                .read(dn, attributes)
                .orElseThrow(() -> new DirectoryException("the entry of who signs in can't be read"));
        String id = entry.first(people.idAttribute())
                .orElseThrow(() -> new DirectoryException("entries have no " + people.idAttribute()));
        String name = nameOf(names, entry, typed);
        ExternalProfiles.ClaimedProfile claimed = new ExternalProfiles.ClaimedProfile(
                name,
                DISPLAY_NAMES.stream()
                        .flatMap(attribute -> entry.first(attribute).stream())
                        .findFirst(),
                groupsOf(connection, server.groups(), dn, name),
                entry.first(people.organisationAttribute()),
                entry.first(people.regionAttribute()));
        return new ExternalIdentity(
                ISSUER, id, name, profiles.profileOf(claimed, server.groups().roles()));
    }

    /**
     * What has the name as the directory writes it. Names that are typed are compared regardless of case, among others,
     * but members of groups by name are not (RFC 2307 §3: memberUid), and roles must not go by how somebody types.
     */
    private static List<String> nameAttributes(People people) {
        Stream<String> searched =
                NAMED.matcher(people.dn().orElse(people.filter())).results().map(found -> found.group(1));
        return Stream.concat(Stream.of("uid"), searched).distinct().toList();
    }

    /** Of several names, which have no order, the one that was typed, as the directory writes it. */
    private static String nameOf(List<String> attributes, LdapEntry entry, String typed) {
        List<String> names = attributes.stream()
                .map(entry::all)
                .filter(values -> !values.isEmpty())
                .findFirst()
                .orElse(List.of());
        return names.stream()
                .filter(typed::equalsIgnoreCase)
                .findFirst()
                .or(() -> names.stream().findFirst())
                .orElse(typed);
    }

    /** Those of the configured groups that the person is in, as they are called in the configuration. */
    private static List<String> groupsOf(LdapConnection connection, Groups groups, String dn, String name)
            throws NamingException {
        if (groups.base().isEmpty() || groups.roles().isEmpty()) {
            return List.of();
        }
        String configured = groups.roles().keySet().stream()
                .map(group -> "(%s=%s)".formatted(groups.nameAttribute(), LdapText.escapeInFilter(group)))
                .collect(Collectors.joining());
        String hers = LdapText.filter(groups.filter(), Map.of("dn", dn, "name", name));
        List<String> found = connection
                .search(
                        groups.base().get(),
                        "(&%s(|%s))".formatted(hers, configured),
                        List.of(groups.nameAttribute()),
                        MOST_GROUPS)
                .stream()
                .flatMap(entry -> entry.all(groups.nameAttribute()).stream())
                .toList();
        return groups.roles().keySet().stream()
                .filter(group -> found.stream().anyMatch(group::equalsIgnoreCase)) // as the directory compares them
                .toList();
    }
}
