package io.reportfiles.signin.ldap;

import io.reportfiles.config.LdapSettings.Server;
import io.reportfiles.signin.DirectoryException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.AuthenticationNotSupportedException;
import javax.naming.Context;
import javax.naming.InvalidNameException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.NamingSecurityException;
import javax.naming.NoPermissionException;
import javax.naming.OperationNotSupportedException;
import javax.naming.PartialResultException;
import javax.naming.SizeLimitExceededException;
import javax.naming.directory.InvalidAttributeValueException;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;
import javax.net.ssl.SSLSocketFactory;

/**
 * One connection to a directory, for one sign-in and one thread; encrypted before anything is said, unless it is configured
 * otherwise. To be closed.
 */
// Error Prone warns of JNDI since it can make objects of what it reads: here entries are read as attributes only,
// and the names of those asked for are configured. And it warns of Hashtable, which JNDI wants.
@SuppressWarnings({"BanJNDI", "JdkObsolete"})
final class LdapConnection implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LdapConnection.class.getName());

    /** Which attributes are bytes; the rest is text. */
    private static final String BINARY = "objectGUID";

    private final LdapContext context;

    private LdapConnection(LdapContext context) {
        this.context = context;
    }

    /**
     * Connects, to whichever server answers first in the order configured, as nobody in particular.
     *
     * @param sockets for StartTLS; connections to {@code ldaps} are by the JDK's default
     * @throws DirectoryException if none can be reached, or its certificate is not trusted
     */
    static LdapConnection open(Server server, SSLSocketFactory sockets) {
        DirectoryException failure = new DirectoryException("no address is configured");
        for (URI address : server.addresses()) {
            try {
                return open(address, server, sockets);
            } catch (NamingException | IOException e) {
                failure = new DirectoryException("%s can't be reached".formatted(address), e);
            }
        }
        throw failure;
    }

    private static LdapConnection open(URI address, Server server, SSLSocketFactory sockets)
            throws NamingException, IOException {
        String millis = Long.toString(server.timeout().toMillis());
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, address.toString());
        environment.put(Context.SECURITY_AUTHENTICATION, "none");
        environment.put(Context.REFERRAL, "ignore"); // to servers that nobody has configured
        environment.put("java.naming.ldap.derefAliases", "never");
        environment.put("java.naming.ldap.attributes.binary", BINARY);
        environment.put("com.sun.jndi.ldap.connect.timeout", millis);
        environment.put("com.sun.jndi.ldap.read.timeout", millis);
        LdapContext context = new InitialLdapContext(environment, null);
        try {
            if (server.startTls() && !"ldaps".equalsIgnoreCase(address.getScheme())) {
                startTls(
                        context,
                        new TimedSockets(
                                sockets, Math.toIntExact(server.timeout().toMillis())));
            }
            return new LdapConnection(context);
        } catch (NamingException | IOException e) {
            close(context);
            throw e;
        }
    }

    /** The certificate has to be trusted and be that of the host (RFC 4513 §3.1.3): that is the default of the JDK. */
    private static void startTls(LdapContext context, SSLSocketFactory sockets) throws NamingException, IOException {
        ((StartTlsResponse) context.extendedOperation(new StartTlsRequest())).negotiate(sockets);
    }

    /**
     * Becomes somebody.
     *
     * @return whether the directory accepts that; if not, the connection is nobody's
     */
    boolean bind(String dn, String password) throws NamingException {
        if (password.isEmpty()) { // would succeed as nobody, which is easily mistaken (RFC 4513 §5.1.2)
            return false;
        }
        try {
            context.addToEnvironment(Context.SECURITY_AUTHENTICATION, "simple");
            context.addToEnvironment(Context.SECURITY_PRINCIPAL, dn);
            context.addToEnvironment(Context.SECURITY_CREDENTIALS, password);
            context.reconnect(null); // on the same connection
            return true;
        } catch (AuthenticationNotSupportedException refused) {
            // An entry without a password, says 389 DS (48); but other servers that they want more than a password (8),
            // or encryption (13), and then nobody can sign in.
            LOG.log(Level.WARNING, "The directory does not take a password: {0}", refused.getMessage());
            return false;
        } catch (NamingSecurityException
                | NameNotFoundException
                | InvalidNameException
                | InvalidAttributeValueException // too many wrong passwords, in some products
                | OperationNotSupportedException refused) { // "unwilling to perform": locked, in others
            return false;
        }
    }

    /** An entry by its distinguished name; empty if it is not there, or not to be seen. */
    Optional<LdapEntry> read(String dn, List<String> attributes) throws NamingException {
        try {
            return Optional.of(
                    LdapEntry.of(dn, context.getAttributes(new LdapName(dn), attributes.toArray(String[]::new))));
        } catch (NameNotFoundException | NoPermissionException | InvalidNameException notThere) {
            return Optional.empty();
        }
    }

    /**
     * Entries below another one.
     *
     * @param most how many there are to be; if there are more, any of them
     */
    List<LdapEntry> search(String base, String filter, List<String> attributes, int most) throws NamingException {
        SearchControls controls = new SearchControls();
        controls.setSearchScope(SearchControls.SUBTREE_SCOPE);
        controls.setReturningAttributes(attributes.toArray(String[]::new));
        controls.setReturningObjFlag(false);
        controls.setCountLimit(most);
        List<LdapEntry> entries = new ArrayList<>();
        NamingEnumeration<SearchResult> found = context.search(new LdapName(base), filter, controls);
        try {
            while (entries.size() < most && found.hasMore()) {
                SearchResult next = found.next();
                entries.add(LdapEntry.of(next.getNameInNamespace(), next.getAttributes()));
            }
        } catch (SizeLimitExceededException | PartialResultException end) {
            // As many as were asked for; or the rest is on other servers, which are not asked.
        } finally {
            found.close();
        }
        return entries;
    }

    @Override
    public void close() {
        close(context);
    }

    private static void close(LdapContext context) {
        try {
            context.close();
        } catch (NamingException alreadyBroken) {
            // closed is what it was to be
        }
    }
}
