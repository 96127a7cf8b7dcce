package io.reportfiles.signin;

import io.reportfiles.access.AccountState;
import io.reportfiles.account.ExternalAccounts;
import io.reportfiles.account.ExternalIdentity;
import io.reportfiles.account.Identity;
import io.reportfiles.config.AccountSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Begins the browser sessions of people whom an identity provider has identified. */
@ApplicationScoped
public class ExternalSignIn {

    private ExternalAccounts accounts;
    private SignIn signIn;
    private AccountSettings settings;

    /** For the client proxy. */
    protected ExternalSignIn() {}

    /** Takes its collaborators. */
    @Inject
    public ExternalSignIn(ExternalAccounts accounts, SignIn signIn, AccountSettings settings) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.settings = settings;
    }

    /**
     * Signs a person in, with a new account if need be, and begins a browser session if that account is active.
     *
     * @param how in words for the audit
     * @return the state of the account: who is not active is not signed in
     */
    public AccountState signIn(
            ExternalIdentity person, String how, HttpServletRequest request, HttpServletResponse response) {
        Identity identity = accounts.accountOf(person);
        if (identity.isActive()) {
            signIn.recordSuccess(identity, how, request.getRemoteAddr());
            signIn.sessionOf(identity).start(request, response, settings.sessionTimeout());
        } else {
            signIn.recordRefusal(identity, how, request.getRemoteAddr());
        }
        return identity.state();
    }
}
