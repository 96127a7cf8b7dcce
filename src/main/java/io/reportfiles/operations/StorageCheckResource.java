package io.reportfiles.operations;

import io.reportfiles.access.Action;
import io.reportfiles.access.Scope;
import io.reportfiles.storage.StoreDoctor;
import io.reportfiles.storage.StoreFinding;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.text.PageTexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code /api/storage-check}: whether the store does all that is relied on, and the application server lets large files
 * pass; for those who look after the installation.
 */
@Path("storage-check")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class StorageCheckResource {

    @Inject
    private StoreDoctor doctor;

    @Context
    private HttpServletRequest request;

    /**
     * What was found.
     *
     * @param items one for each thing that was looked at
     */
    public record StorageCheckJson(List<FindingJson> items) {}

    /**
     * One finding, as the API shows it.
     *
     * @param check name of the check
     * @param verdict {@code GOOD}, {@code ADVISABLE}, {@code BAD} or {@code UNKNOWN}
     */
    public record FindingJson(String check, String verdict, String found) {

        static FindingJson of(StoreFinding finding) {
            return new FindingJson(finding.check().name(), finding.verdict().name(), finding.found());
        }

        FindingJson in(PageTexts texts) {
            return new FindingJson(check, verdict, texts.say(found));
        }
    }

    /** Examines the store; with POST, since it stores and removes an object. */
    @POST
    public StorageCheckJson examine() {
        CurrentCaller.requireAllowed(request, Action.RECONCILE, new Scope.Installation());
        PageTexts texts = PageTexts.of(request);
        List<FindingJson> store = doctor.examine().stream().map(FindingJson::of).toList();
        List<FindingJson> server = ServerCheck.judge(
                ServerListeners.find(request.getServletContext().getClass()));
        return new StorageCheckJson(Stream.concat(store.stream(), server.stream())
                .map(finding -> finding.in(texts))
                .toList());
    }
}
