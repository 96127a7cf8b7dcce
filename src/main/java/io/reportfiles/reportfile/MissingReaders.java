package io.reportfiles.reportfile;

import io.reportfiles.access.AccessPolicy;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.OrganisationMembers;
import io.reportfiles.ledger.TransferLedger;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/**
 * Finds out who has not fetched a report file yet: the active accounts of its organisation that may download it and have
 * not got all of it, be it in one go or in parts. Administrators elsewhere may read it too, but nobody waits for them.
 */
@ApplicationScoped
class MissingReaders {

    private OrganisationMembers members;
    private TransferLedger ledger;

    /** For the client proxy. */
    protected MissingReaders() {}

    @Inject
    MissingReaders(OrganisationMembers members, TransferLedger ledger) {
        this.members = members;
        this.ledger = ledger;
    }

    /** A page of them, in the order of their names. Decides no access. */
    Page<Reader> list(ReportFileDetails file, PageRequest page) {
        Set<String> served = ledger.accountsWithWhole(file.id().value());
        List<Caller> missing = members.activeMembers(file.organisation()).stream()
                .filter(member -> AccessPolicy.decide(member, Action.DOWNLOAD, file.owner())
                        .isAllowed())
                .filter(member -> !served.contains(member.name()))
                .toList();
        List<Reader> items = missing.stream()
                .skip(page.offset())
                .limit(page.size())
                .map(member -> new Reader(member.accountId().toString(), member.name()))
                .toList();
        return Page.of(items, page, missing.size());
    }

    /**
     * Somebody who may read a file, as the API shows it.
     *
     * @param id of the account
     * @param name what it signs in with
     */
    public record Reader(String id, String name) {}
}
