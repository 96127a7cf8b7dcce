package io.reportfiles.account;

import io.reportfiles.access.AccountState;
import io.reportfiles.access.Action;
import io.reportfiles.access.Role;
import io.reportfiles.catalogue.Catalogue;
import io.reportfiles.catalogue.Codes;
import io.reportfiles.web.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Reads what the resources of this package take, and refuses with 400 what is wrong. */
@ApplicationScoped
public class AccountInput {

    private static final int MAX_DISPLAY_NAME = 200;
    private static final int MAX_TOKEN_NAME = 100;

    private Catalogue catalogue;
    private Passwords passwords;
    private Clock clock;

    /** For the client proxy. */
    protected AccountInput() {}

    /** Takes what input is compared with. */
    @Inject
    public AccountInput(Catalogue catalogue, Passwords passwords, Clock clock) {
        this.catalogue = catalogue;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** A token that is to be created. */
    record NewToken(String name, Optional<Instant> expiresAt, TokenReach reach) {}

    /** A password change by the account itself. */
    public record OwnPassword(String oldPassword, String newPassword) {
        @Override
        public String toString() {
            return getClass().getSimpleName() + "[***]";
        }
    }

    NewAccount account(InputStream body) {
        JsonFields fields = JsonFields.read(body);
        Optional<AccountName> name = AccountName.parse(fields.secret("name"));
        if (name.isEmpty()) {
            fields.refuse("name", AccountName.ACCEPTED);
        }
        AccountProfile profile = profile(fields);
        String password = newPassword(fields, "password");
        AccountState state = fields.optionalChoice("state", AccountState.class).orElse(AccountState.ACTIVE);
        if (state == AccountState.DEACTIVATED) {
            fields.refuse("state", "A new account is PENDING or ACTIVE.");
        }
        fields.requireValid();
        return new NewAccount(name.orElseThrow(), profile, password, state);
    }

    /** What is to become of a profile: of roles, organisation and region, those that are not sent stay as they are. */
    UnaryOperator<AccountProfile> profileChange(InputStream body) {
        JsonFields fields = JsonFields.read(body);
        AccountProfile sent = profile(fields);
        fields.requireValid();
        return existing -> new AccountProfile(
                sent.displayName(),
                fields.has("roles") ? sent.roles() : existing.roles(),
                fields.has("organisation") ? sent.organisation() : existing.organisation(),
                fields.has("region") ? sent.region() : existing.region());
    }

    NewToken token(InputStream body) {
        JsonFields fields = JsonFields.read(body);
        NewToken token = new NewToken(
                fields.text("name", MAX_TOKEN_NAME),
                fields.optionalInstant("expiresAt"),
                new TokenReach(fields.optionalChoices("actions", Action.class)));
        Instant latest = clock.instant().plusSeconds(3_155_760_000L); // a hundred years; databases stop not far above
        if (token.expiresAt()
                .filter(expiry -> !expiry.isAfter(clock.instant()) || expiry.isAfter(latest))
                .isPresent()) {
            fields.refuse("expiresAt", "A token expires in the future, within a hundred years.");
        }
        if (token.reach()
                .chosen()
                .filter(actions -> actions.isEmpty() || actions.contains(TokenReach.NEVER))
                .isPresent()) {
            fields.refuse(
                    "actions",
                    "A token is good for at least one action, and never for %s.".formatted(TokenReach.NEVER));
        }
        fields.requireValid();
        return token;
    }

    String password(InputStream body) {
        JsonFields fields = JsonFields.read(body);
        String password = newPassword(fields, "password");
        fields.requireValid();
        return password;
    }

    /** The two passwords in a request to change one's own. */
    public OwnPassword ownPassword(InputStream body) {
        JsonFields fields = JsonFields.read(body);
        OwnPassword password = new OwnPassword(fields.secret("oldPassword"), newPassword(fields, "newPassword"));
        fields.requireValid();
        return password;
    }

    /** The refusal of an old password that is not the present one. */
    public static ProblemException wrongOldPassword() {
        return ProblemException.invalid("oldPassword", "This is not your present password.");
    }

    private AccountProfile profile(JsonFields fields) {
        return new AccountProfile(
                fields.text("displayName", MAX_DISPLAY_NAME),
                fields.choices("roles", Role.class),
                code(
                        fields,
                        "organisation",
                        code -> catalogue.findOrganisation(code).isPresent()),
                code(fields, "region", code -> catalogue.findRegion(code).isPresent()));
    }

    private static Optional<String> code(JsonFields fields, String field, Predicate<String> exists) {
        Optional<String> code = fields.optionalText(field, 100);
        if (code.filter(text -> !Codes.isCode(text) || !exists.test(text)).isPresent()) {
            fields.refuse(field, "There is no %s with this code.".formatted(field));
        }
        return code;
    }

    private String newPassword(JsonFields fields, String field) {
        String password = fields.secret(field);
        passwords.defectOf(password).ifPresent(defect -> fields.refuse(field, defect));
        return password;
    }
}
