package io.reportfiles.signin;

import io.reportfiles.access.Caller;
import io.reportfiles.account.Identity;
import io.reportfiles.signin.Credentials.PasswordFrom;
import io.reportfiles.signin.Identification.Anonymous;
import io.reportfiles.signin.Identification.Known;
import io.reportfiles.signin.Identification.Refused;
import io.reportfiles.web.CurrentCaller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Identifies the caller of each request: by HTTP Basic, by an access token, by a browser session. Credentials in the
 * request count before the session, so that what a script sends is never silently replaced. Safe for any number of
 * threads.
 */
@ApplicationScoped
public class RequestAuthentication {

    private static final String API = "/api/";

    private IdentityStoreHandler stores;
    private SignIn signIn;

    /** For the client proxy. */
    protected RequestAuthentication() {}

    /** Takes its collaborators. */
    @Inject
    public RequestAuthentication(IdentityStoreHandler stores, SignIn signIn) {
        this.stores = stores;
        this.signIn = signIn;
    }

    /**
     * Finds out who sent a request, and leaves a known caller with it.
     *
     * @param request as the client sent it, whatever proxies it passed
     */
    Identification identify(HttpServletRequest request) {
        Identification identification = judge(request);
        if (identification instanceof Known known) {
            CurrentCaller.set(request, known.caller());
        }
        return identification;
    }

    private Identification judge(HttpServletRequest request) {
        if (PublicPaths.contains(PublicPaths.pathOf(request))) {
            return new Anonymous();
        }
        try {
            List<String> headers = Collections.list(request.getHeaders("Authorization"));
            Identification own =
                    headers.isEmpty() ? bySession(request) : byCredentials(request, Credentials.parse(headers));
            return own instanceof Known known && request.getHeader(SeenAccount.HEADER) != null
                    ? seen(request, known.caller(), headers.isEmpty())
                    : own;
        } catch (RuntimeException failure) { // the database is away, say: answered like any failure, by the filters
            return new Refused(failure);
        }
    }

    private Identification byCredentials(HttpServletRequest request, Optional<Credential> credential) {
        // Browsers keep a name and password that somebody once typed into their dialog, and send them with the forms of
        // other sites too. Scripts say nothing of an origin; a token is never sent by a browser on its own.
        if (credential.filter(UsernamePasswordCredential.class::isInstance).isPresent()
                && !SameOrigin.isSafe(request.getMethod())
                && SameOrigin.of(request) == SameOrigin.NO) {
            return Refused.forged();
        }
        return credential
                .<Credential>map(given -> given instanceof UsernamePasswordCredential password
                        ? new PasswordFrom(password, request.getRemoteAddr())
                        : given)
                .map(stores::validate)
                .filter(result -> result.getStatus() == CredentialValidationResult.Status.VALID)
                .map(CredentialValidationResult::getCallerPrincipal)
                .filter(AccountPrincipal.class::isInstance)
                .<Identification>map(principal -> new Known(((AccountPrincipal) principal).caller()))
                .orElseGet(Refused::badCredentials);
    }

    /** Who looks at another account's view reads the API, and nothing else, as long as the session says so. */
    private Identification seen(HttpServletRequest request, Caller administrator, boolean inSession) {
        CurrentCaller.set(request, administrator); // a refused download is the ledger's business in the own name
        if (!SameOrigin.isSafe(request.getMethod())
                || !PublicPaths.pathOf(request).startsWith(API)) {
            return Refused.notWhileSeeing();
        }
        return (inSession ? signIn.seen(request, administrator) : Optional.<Caller>empty())
                .<Identification>map(Known::new)
                .orElseGet(Refused::seenNoMore);
    }

    private Identification bySession(HttpServletRequest request) {
        Optional<Caller> caller =
                BrowserSession.find(request).flatMap(signIn::withSession).map(Identity::caller);
        if (caller.isEmpty()) {
            return new Anonymous();
        }
        boolean forged = !SameOrigin.isSafe(request.getMethod()) && SameOrigin.of(request) != SameOrigin.YES;
        return forged ? Refused.forged() : new Known(caller.get());
    }
}
