package io.reportfiles.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.access.Caller;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.PageRequest;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Catalogue} and {@link CatalogueAdministration} promise on every database. */
abstract class CatalogueContract {

    private static final Caller ADMIN =
            new Caller(UUID.randomUUID(), "admin", Set.of(), Optional.empty(), Optional.empty());
    private static final PageRequest FIRST = new PageRequest(1, 10);

    private TestDatabase database;
    private Catalogue catalogue;
    private CatalogueAdministration administration;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        database = create();
        catalogue = new Catalogue(database.entities());
        administration = new CatalogueAdministration(
                database.entities(), database.transactions(), new AuditLog(database.entities(), Clock.systemUTC()));
        administration.create(new RegionDetails("NORTH", "The North"), ADMIN);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void organisationIsReadBackAsItWasCreatedAndChanged() {
        OrganisationDetails created = new OrganisationDetails("ALPHA", "Alpha", "state", Optional.of("NORTH"));
        administration.create(created, ADMIN);
        assertThat(catalogue.findOrganisation("ALPHA")).contains(created);

        OrganisationDetails changed = new OrganisationDetails("ALPHA", "Alpha State", "agency", Optional.empty());
        administration.changeOrganisation("ALPHA", before -> changed, ADMIN);
        assertThat(catalogue.findOrganisation("ALPHA")).contains(changed);
    }

    @Test
    void sectionIsReadBackAsItWasCreatedAndChanged() {
        SectionDetails created = new SectionDetails("ACTIVE", "Active", Set.of("txt", "csv"), 5L << 30);
        administration.create(created, ADMIN);
        assertThat(catalogue.findSection("ACTIVE")).contains(created);
        assertThat(created.names()).isEqualTo(new SectionNames.Extensions(Set.of("csv", "txt")));

        SectionDetails changed = new SectionDetails("ACTIVE", "Active Case Data", Set.of("csv", "zip"), 1);
        administration.changeSection("ACTIVE", before -> changed, ADMIN);
        assertThat(catalogue.findSection("ACTIVE")).contains(changed);
        assertThat(catalogue.listSections(Optional.of("case"), FIRST).items()).containsExactly(changed);
    }

    @Test
    void namesAreKeptWhicheverChoiceTheyWere() {
        administration.create(named(SectionNames.any()), ADMIN);
        for (SectionNames names : List.of(
                new SectionNames.Patterns(Set.of("*.ms??", "ADS.*", "報*")),
                new SectionNames.Extensions(Set.of("csv")),
                SectionNames.any())) {
            administration.changeSection("NAMED", before -> named(names), ADMIN);
            assertThat(catalogue.findSection("NAMED")).contains(named(names));
        }
    }

    private static SectionDetails named(SectionNames names) {
        return new SectionDetails("NAMED", "Named", names, 1, Set.of("text"));
    }

    @Test
    void codeIsTakenWhateverItsCase() {
        assertThatThrownBy(() -> administration.create(new RegionDetails("north", "Another"), ADMIN))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.CONFLICT));
        assertThat(catalogue.findRegion("north")).isEmpty();
    }

    @Test
    void ofSeveralWhoCreateTheSameOneSucceeds() throws Exception {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(() -> {
                try {
                    administration.create(new RegionDetails("SOUTH", "The South"), ADMIN);
                    return true;
                } catch (ProblemException e) {
                    assertThat(e.type()).isEqualTo(ProblemType.CONFLICT);
                    return false;
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(attempts.size());
        int created = 0;
        try {
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                created += attempt.get() ? 1 : 0;
            }
        } finally {
            threads.shutdown();
        }
        assertThat(created).isEqualTo(1);
    }

    @Test
    void whatDoesNotExistCanNotBeChanged() {
        assertThatThrownBy(() -> administration.changeRegion("SOUTH", before -> before, ADMIN))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.NOT_FOUND));
    }

    @Test
    void organisationBelongsToAnExistingRegion() {
        OrganisationDetails lost = new OrganisationDetails("LOST", "Lost", "state", Optional.of("NOWHERE"));
        assertThatThrownBy(() -> administration.create(lost, ADMIN))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.errors())
                                .singleElement()
                                .satisfies(error -> assertThat(error.field()).isEqualTo("region")));
        assertThat(catalogue.findOrganisation("LOST")).isEmpty();
    }

    @Test
    void organisationsAreListedByCodeAndFoundByNameAndRegion() {
        administration.create(new OrganisationDetails("B", "Second", "state", Optional.of("NORTH")), ADMIN);
        administration.create(new OrganisationDetails("A", "First", "tribe", Optional.empty()), ADMIN);
        assertThat(catalogue
                        .listOrganisations(Optional.empty(), Optional.empty(), FIRST)
                        .items())
                .extracting(OrganisationDetails::code)
                .containsExactly("A", "B");
        assertThat(catalogue
                        .listOrganisations(Optional.of("SECOND"), Optional.empty(), FIRST)
                        .total())
                .isEqualTo(1);
        assertThat(catalogue
                        .listOrganisations(Optional.empty(), Optional.of("NORTH"), FIRST)
                        .items())
                .extracting(OrganisationDetails::code)
                .containsExactly("B");
        assertThat(catalogue.listRegions(Optional.of("%"), FIRST).items()).isEmpty();
    }
}
