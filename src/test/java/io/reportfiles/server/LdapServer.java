package io.reportfiles.server;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import io.reportfiles.dev.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * An LDAP directory on two ports of the loopback address, one of them encrypted, the other with StartTLS. Its certificate is
 * its own and good for 127.0.0.1 only.
 */
public final class LdapServer implements AutoCloseable {

    public static final String BASE = "dc=example,dc=org";
    public static final String PEOPLE = "ou=people," + BASE;
    public static final String GROUPS = "ou=groups," + BASE;
    public static final String READER = "cn=report-files," + BASE;
    public static final String READER_PASSWORD = "of-the-application-itself";

    /** Of {@link #trustStore()}. */
    public static final String STORE_PASSWORD = "changeit";

    private final InMemoryDirectoryServer server;
    private final Interceptor interceptor;
    private final Path store;
    private final SSLContext tls;
    private final int port;
    private final int securePort;

    private LdapServer(
            InMemoryDirectoryServer server,
            Interceptor interceptor,
            Path store,
            SSLContext tls,
            int port,
            int securePort) {
        this.server = server;
        this.interceptor = interceptor;
        this.store = store;
        this.tls = tls;
        this.port = port;
        this.securePort = securePort;
    }

    /**
     * Starts one with nobody in it but the application's own account.
     *
     * @param directory for its certificate
     */
    public static LdapServer start(Path directory) throws Exception {
        Path store = Files.createDirectories(directory).resolve("ldap.p12");
        makeCertificate(store);
        SSLContext tls = context(store);
        int port = FreePort.find();
        int securePort = FreePort.find();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.addAdditionalBindCredentials(READER, READER_PASSWORD);
        config.setSchema(null); // groups of several kinds at once
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("plain", loopback, port, tls.getSocketFactory()),
                InMemoryListenerConfig.createLDAPSConfig(
                        "tls", loopback, securePort, tls.getServerSocketFactory(), tls.getSocketFactory()));
        Interceptor interceptor = new Interceptor();
        config.addInMemoryOperationInterceptor(interceptor);
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.startListening();
        server.add(new Entry(BASE, attribute("objectClass", "domain")));
        server.add(new Entry(PEOPLE, attribute("objectClass", "organizationalUnit")));
        server.add(new Entry(GROUPS, attribute("objectClass", "organizationalUnit")));
        return new LdapServer(server, interceptor, store, tls, port, securePort);
    }

    /** What products do that this one does not, and what it is asked. */
    private static final class Interceptor extends InMemoryOperationInterceptor {

        private final Set<DN> withoutPassword = ConcurrentHashMap.newKeySet();
        private final Queue<String> filters = new ConcurrentLinkedQueue<>();

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest bind) throws LDAPException {
            if (withoutPassword.contains(new DN(bind.getRequest().getBindDN()))) {
                throw new LDAPException(ResultCode.INAPPROPRIATE_AUTHENTICATION);
            }
        }

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest search) {
            filters.add(search.getRequest().getFilter().toString());
        }
    }

    private static void makeCertificate(Path store) throws IOException, InterruptedException {
        Files.deleteIfExists(store);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "ldap",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=directory",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        STORE_PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool makes no certificate: " + keytool.exitValue());
        }
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, STORE_PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static Attribute attribute(String name, String... values) {
        return new Attribute(name, values);
    }

    public URI address() {
        return URI.create("ldap://127.0.0.1:" + port);
    }

    public URI secureAddress() {
        return URI.create("ldaps://127.0.0.1:" + securePort);
    }

    /** Has its certificate. */
    public Path trustStore() {
        return store;
    }

    /** Trusts its certificate. */
    public SSLSocketFactory trusting() {
        return tls.getSocketFactory();
    }

    /**
     * Adds a person.
     *
     * @param attributes such as {@code "o: alder"}
     * @return the distinguished name
     */
    public String addPerson(String uid, String password, String... attributes) {
        return addNamed("uid", uid, password, attributes);
    }

    /** Adds a person whose entry goes by another attribute than {@code uid}. */
    public String addNamed(String nameAttribute, String name, String password, String... attributes) {
        return change(() -> {
            Entry entry = new Entry(
                    new DN(new RDN(nameAttribute, name), new DN(PEOPLE)),
                    attribute("objectClass", "inetOrgPerson"),
                    attribute("userPassword", password));
            for (String line : attributes) {
                String[] parts = line.split(": ", 2);
                entry.addAttribute(parts[0], parts[1]);
            }
            server.add(entry);
            return entry.getDN();
        });
    }

    /** Takes somebody's password away, and answers then as 389 Directory Server does. */
    public void removePassword(String uid) {
        change(() -> interceptor.withoutPassword.add(new DN(new RDN("uid", uid), new DN(PEOPLE))));
    }

    /** What has been searched for, the latest last. */
    public List<String> filters() {
        return List.copyOf(interceptor.filters);
    }

    /** Gives a person an attribute that is no text. */
    public void setBytes(String uid, String attribute, byte[] value) {
        change(() -> server.modify(
                "uid=%s,%s".formatted(uid, PEOPLE), new Modification(ModificationType.REPLACE, attribute, value)));
    }

    /** Adds a group below {@code base} with what {@code attribute} says of its members. */
    public void addGroup(String base, String name, String attribute, String... members) {
        change(() -> server.add(new Entry(
                "cn=" + name + "," + base, attribute("objectClass", "groupOfNames"), attribute(attribute, members))));
    }

    /** Changes what a group says of its members. */
    public void setMembers(String name, String attribute, String... members) {
        change(() -> server.modify(
                "cn=" + name + "," + GROUPS, new Modification(ModificationType.REPLACE, attribute, members)));
    }

    /** Nobody can reach it any more. */
    public void leave() {
        server.shutDown(true);
    }

    /** It can be reached again. */
    public void comeBack() {
        change(() -> {
            server.startListening();
            return true;
        });
    }

    private interface Change<T> {
        T make() throws LDAPException;
    }

    private static <T> T change(Change<T> change) {
        try {
            return change.make();
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
