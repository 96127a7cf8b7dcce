package io.reportfiles.access;

import static io.reportfiles.access.Endpoints.Subject.FILE;
import static io.reportfiles.access.Endpoints.Subject.INSTALLATION;
import static io.reportfiles.access.Endpoints.Subject.ORGANISATION;

import java.util.List;
import java.util.Optional;

/** Every endpoint of the application with what it takes to use it. Whoever adds one adds its row here. */
final class Endpoints {

    /** What the permission is decided on. */
    enum Subject {
        /** The organisation of the stored file. */
        FILE,
        /** The organisation that the request names. */
        ORGANISATION,
        /** Nothing of any organisation. */
        INSTALLATION
    }

    /** Whom an endpoint answers. */
    sealed interface Rule {}

    /** Anybody, signed in or not. */
    record Open() implements Rule {}

    /** Nobody, as it is asked here. */
    record Refused() implements Rule {}

    /** Whoever has signed in; what they see is their own, or what they may see. */
    record SignedIn() implements Rule {}

    /** Whoever may do {@code action}. */
    record Allowed(Action action, Subject subject) implements Rule {}

    /**
     * One endpoint.
     *
     * @param method the HTTP method
     * @param path as it is declared: {@code /api/} and the template of a resource, or a servlet's pattern
     * @param rule whom it answers
     * @param request the path to ask for, where it is not the declared one; {@code {file}} stands for a file's id,
     *     {@code {organisation}} for its code, {@code {nobody}} for an id that nothing has
     */
    record Endpoint(String method, String path, Rule rule, Optional<String> request) {

        String requestPath() {
            return request.orElse(path).substring(1);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final String NOBODY = "{nobody}";

    static final List<Endpoint> ALL = List.of(
            open("GET", "/assets/*", "/assets/icon.svg"),
            open("GET", "/health/live", "/health/live"),
            open("GET", "/health/ready", "/health/ready"),
            open("GET", "/login", "/login"),
            open("GET", "/login/oidc", "/login/oidc"),
            // Refused whoever comes, since nobody has begun a sign-in here.
            new Endpoint("GET", "/login/oidc/callback", new Refused(), Optional.empty()),
            open("POST", "/logout", "/logout"),
            signedIn("GET", "", "/"),
            signedIn("GET", "/console", "/console"),
            signedIn("GET", "/console/*", "/console/"),
            signedIn("GET", "/api/console", "/api/console"),
            signedIn("GET", "/api/me", "/api/me"),
            allowed("GET", "/api/me/transfers", Action.VIEW_OWN_TRANSFERS, INSTALLATION),
            allowed("PUT", "/api/me/password", Action.MANAGE_OWN_TOKENS, INSTALLATION),
            signedIn("GET", "/api/report-files", "/api/report-files"),
            signedIn("GET", "/api/report-files/summary", "/api/report-files/summary"),
            allowed("POST", "/api/me/sign-out-everywhere", Action.MANAGE_OWN_TOKENS, INSTALLATION),
            allowed("GET", "/api/tokens", Action.MANAGE_OWN_TOKENS, INSTALLATION),
            allowed("POST", "/api/tokens", Action.MANAGE_OWN_TOKENS, INSTALLATION),
            allowed("GET", "/api/tokens/{id}", Action.MANAGE_OWN_TOKENS, INSTALLATION),
            allowed("DELETE", "/api/tokens/{id}", Action.MANAGE_OWN_TOKENS, INSTALLATION),
            allowed("GET", "/files/*", Action.DOWNLOAD, FILE, "/files/{file}/x.txt"),
            allowed("GET", "/files.zip", Action.DOWNLOAD, FILE, "/files.zip?id={file}"),
            allowed("GET", "/api/report-files/{id}", Action.VIEW_METADATA, FILE),
            allowed("GET", "/api/report-files/{id}/versions", Action.VIEW_METADATA, FILE),
            allowed("GET", "/api/report-files/{id}/transfers", Action.VIEW_TRANSFERS, FILE),
            allowed("GET", "/api/report-files/{id}/missing-readers", Action.VIEW_TRANSFERS, FILE),
            allowed("POST", "/api/report-files/{id}/withdraw", Action.WITHDRAW, FILE),
            allowed("POST", "/api/report-files/{id}/restore", Action.WITHDRAW, FILE),
            allowed(
                    "POST",
                    "/api/report-files",
                    Action.SUBMIT,
                    ORGANISATION,
                    "/api/report-files?organisation={organisation}&year=2026&quarter=Q3&section={organisation}&filename=x.txt"),
            allowed("POST", "/uploads", Action.SUBMIT, ORGANISATION, "/uploads"),
            // One upload is its owner's: to everybody else it does not exist, whatever their role.
            new Endpoint("HEAD", "/uploads/*", new SignedIn(), Optional.of("/uploads/" + NOBODY)),
            allowed("GET", "/api/transfers", Action.VIEW_AUDIT, INSTALLATION),
            allowed("GET", "/api/transfers/summary", Action.VIEW_AUDIT, INSTALLATION),
            allowed("GET", "/api/transfers/verify", Action.VIEW_AUDIT, INSTALLATION),
            allowed("GET", "/api/transfers/refusals", Action.VIEW_AUDIT, INSTALLATION),
            allowed("GET", "/api/transfers/running", Action.VIEW_AUDIT, INSTALLATION),
            allowed("DELETE", "/api/transfers/{id}", Action.END_TRANSFERS, INSTALLATION),
            allowed("GET", "/api/audit", Action.VIEW_AUDIT, INSTALLATION),
            allowed("GET", "/api/audit/verify", Action.VIEW_AUDIT, INSTALLATION),
            allowed("GET", "/api/reconciliations", Action.VIEW_AUDIT, INSTALLATION),
            allowed("GET", "/api/reconciliations/{id}", Action.VIEW_AUDIT, INSTALLATION),
            allowed("GET", "/api/reconciliations/{id}/findings", Action.VIEW_AUDIT, INSTALLATION),
            allowed(
                    "POST",
                    "/api/reconciliations",
                    Action.RECONCILE,
                    INSTALLATION,
                    "/api/reconciliations?dryRun=perhaps"), // refused after the permission, so that none is begun
            allowed("POST", "/api/storage-check", Action.RECONCILE, INSTALLATION),
            allowed("GET", "/metrics", Action.VIEW_METRICS, INSTALLATION),
            allowed("GET", "/api/configuration", Action.VIEW_METRICS, INSTALLATION),
            allowed("GET", "/api/access/explain", Action.MANAGE_ACCOUNTS, INSTALLATION),
            allowed("GET", "/api/accounts", Action.MANAGE_ACCOUNTS, INSTALLATION),
            allowed("POST", "/api/accounts", Action.MANAGE_ACCOUNTS, INSTALLATION),
            allowed("GET", "/api/accounts/{id}", Action.MANAGE_ACCOUNTS, INSTALLATION),
            allowed("PUT", "/api/accounts/{id}", Action.MANAGE_ACCOUNTS, INSTALLATION),
            allowed("PUT", "/api/accounts/{id}/password", Action.MANAGE_ACCOUNTS, INSTALLATION),
            allowed("POST", "/api/accounts/{id}/approve", Action.MANAGE_ACCOUNTS, INSTALLATION),
            allowed("POST", "/api/accounts/{id}/activate", Action.MANAGE_ACCOUNTS, INSTALLATION),
            allowed("POST", "/api/accounts/{id}/deactivate", Action.MANAGE_ACCOUNTS, INSTALLATION),
            allowed("POST", "/api/accounts/{id}/sign-out", Action.MANAGE_ACCOUNTS, INSTALLATION),
            allowed("POST", "/api/accounts/{id}/see-as", Action.MANAGE_ACCOUNTS, INSTALLATION),
            allowed("DELETE", "/api/accounts/{id}/see-as", Action.MANAGE_ACCOUNTS, INSTALLATION),
            allowed("GET", "/api/organisations", Action.VIEW_CATALOGUE, INSTALLATION),
            allowed("GET", "/api/organisations/{code}", Action.VIEW_CATALOGUE, INSTALLATION),
            allowed("POST", "/api/organisations", Action.MANAGE_CATALOGUE, INSTALLATION),
            allowed("PUT", "/api/organisations/{code}", Action.MANAGE_CATALOGUE, INSTALLATION),
            allowed("GET", "/api/regions", Action.VIEW_CATALOGUE, INSTALLATION),
            allowed("GET", "/api/regions/{code}", Action.VIEW_CATALOGUE, INSTALLATION),
            allowed("POST", "/api/regions", Action.MANAGE_CATALOGUE, INSTALLATION),
            allowed("PUT", "/api/regions/{code}", Action.MANAGE_CATALOGUE, INSTALLATION),
            allowed("GET", "/api/sections", Action.VIEW_CATALOGUE, INSTALLATION),
            allowed("GET", "/api/sections/{code}", Action.VIEW_CATALOGUE, INSTALLATION),
            allowed("POST", "/api/sections", Action.MANAGE_CATALOGUE, INSTALLATION),
            allowed("PUT", "/api/sections/{code}", Action.MANAGE_CATALOGUE, INSTALLATION));

    private Endpoints() {}

    private static Endpoint open(String method, String path, String request) {
        return new Endpoint(method, path, new Open(), Optional.of(request));
    }

    private static Endpoint signedIn(String method, String path, String request) {
        return new Endpoint(method, path, new SignedIn(), Optional.of(request));
    }

    private static Endpoint allowed(String method, String path, Action action, Subject subject) {
        String id = subject == FILE ? "{file}" : NOBODY;
        return allowed(method, path, action, subject, path.replaceAll("\\{(id|code)}", id.replace("{", "\\{")));
    }

    private static Endpoint allowed(String method, String path, Action action, Subject subject, String request) {
        return new Endpoint(method, path, new Allowed(action, subject), Optional.of(request));
    }
}
