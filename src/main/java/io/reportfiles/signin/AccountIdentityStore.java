package io.reportfiles.signin;

import static jakarta.security.enterprise.identitystore.CredentialValidationResult.INVALID_RESULT;
import static jakarta.security.enterprise.identitystore.CredentialValidationResult.NOT_VALIDATED_RESULT;

import io.reportfiles.account.Identity;
import io.reportfiles.signin.Credentials.PasswordFrom;
import io.reportfiles.signin.Credentials.TokenCredential;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Optional;

/** Jakarta Security's door to {@link SignIn}. */
@ApplicationScoped
public class AccountIdentityStore implements IdentityStore {

    private SignIn signIn;

    /** For the client proxy. */
    protected AccountIdentityStore() {}

    /** Takes who does the work. */
    @Inject
    public AccountIdentityStore(SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (credential instanceof PasswordFrom password) {
            return resultOf(signIn.withPassword(
                    password.given().getCaller(), password.given().getPasswordAsString(), password.address()));
        }
        if (credential instanceof TokenCredential token) {
            return resultOf(signIn.withToken(token.secret()));
        }
        return NOT_VALIDATED_RESULT;
    }

    private static CredentialValidationResult resultOf(Optional<Identity> identity) {
        return identity.map(Identity::caller)
                .map(AccountPrincipal::new)
                .map(principal -> new CredentialValidationResult(principal, principal.groups()))
                .orElse(INVALID_RESULT);
    }
}
