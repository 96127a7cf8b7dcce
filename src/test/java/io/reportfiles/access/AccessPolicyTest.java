package io.reportfiles.access;

import static io.reportfiles.access.Action.DOWNLOAD;
import static io.reportfiles.access.Action.MANAGE_OWN_TOKENS;
import static io.reportfiles.access.Action.SUBMIT;
import static io.reportfiles.access.Action.VIEW_AUDIT;
import static io.reportfiles.access.Action.VIEW_CATALOGUE;
import static io.reportfiles.access.Action.VIEW_METADATA;
import static io.reportfiles.access.Action.VIEW_METRICS;
import static io.reportfiles.access.Action.VIEW_OWN_TRANSFERS;
import static io.reportfiles.access.Action.VIEW_TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.access.Decision.Denied;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole table: every role, every action, every relation between the caller and the thing. */
class AccessPolicyTest {

    private static final Set<Action> EVERYBODY = EnumSet.of(VIEW_CATALOGUE, VIEW_OWN_TRANSFERS, MANAGE_OWN_TOKENS);

    /** What stands between the caller and the thing. The caller acts for organisation "north" and reviews "east". */
    private enum Relation {
        OWN_ORGANISATION,
        OWN_ORGANISATION_AND_REGION,
        OWN_REGION,
        NEITHER,
        NO_REGION,
        INSTALLATION;

        Scope scope() {
            return switch (this) {
                case OWN_ORGANISATION -> new Scope.OfOrganisation("north", Optional.of("west"));
                case OWN_ORGANISATION_AND_REGION -> new Scope.OfOrganisation("north", Optional.of("east"));
                case OWN_REGION -> new Scope.OfOrganisation("south", Optional.of("east"));
                case NEITHER -> new Scope.OfOrganisation("south", Optional.of("west"));
                case NO_REGION -> new Scope.OfOrganisation("south", Optional.empty());
                case INSTALLATION -> new Scope.Installation();
            };
        }

        boolean isOwn() {
            return this == OWN_ORGANISATION || this == OWN_ORGANISATION_AND_REGION;
        }

        boolean isInRegion() {
            return this == OWN_REGION || this == OWN_ORGANISATION_AND_REGION;
        }
    }

    private static Set<Action> granted(Role role, Relation relation) {
        return switch (role) {
            case ADMINISTRATOR -> EnumSet.allOf(Action.class);
            case AUDITOR -> EnumSet.of(VIEW_METADATA, VIEW_TRANSFERS, VIEW_AUDIT, VIEW_METRICS);
            case ANALYST -> relation.isOwn() ? EnumSet.of(VIEW_METADATA, VIEW_TRANSFERS, DOWNLOAD, SUBMIT) : Set.of();
            case READER -> relation.isOwn() ? EnumSet.of(VIEW_METADATA, DOWNLOAD) : Set.of();
            case REGIONAL_REVIEWER -> relation.isInRegion() ? EnumSet.of(VIEW_METADATA, VIEW_TRANSFERS) : Set.of();
        };
    }

    static Stream<Arguments> table() {
        return Arrays.stream(Role.values())
                .flatMap(role -> Arrays.stream(Relation.values())
                        .flatMap(relation -> Arrays.stream(Action.values())
                                .map(action -> Arguments.of(
                                        role,
                                        relation,
                                        action,
                                        EVERYBODY.contains(action)
                                                || granted(role, relation).contains(action)))));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
    @MethodSource("table")
    void everyCellOfTheTable(Role role, Relation relation, Action action, boolean allowed) {
        assertThat(AccessPolicy.decide(caller(role), action, relation.scope()).isAllowed())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @EnumSource(
            value = AccountState.class,
            names = {"PENDING", "DEACTIVATED"})
    void accountThatIsNotActiveMayNothing(AccountState state) {
        for (Role role : Role.values()) {
            Caller caller = caller(role).in(state);
            for (Relation relation : Relation.values()) {
                for (Action action : Action.values()) {
                    Decision decision = AccessPolicy.decide(caller, action, relation.scope());
                    assertThat(decision.isAllowed())
                            .as("%s, %s, %s", role, relation, action)
                            .isFalse();
                    assertThat(decision.ground().name()).isEqualTo(state.name());
                }
            }
            assertThat(AccessPolicy.visibleTo(caller)).isEqualTo(new Visibility.Some(Set.of(), Set.of()));
            assertThat(AccessPolicy.permissionsOf(caller)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void limitedCredentialsAreGoodForWhatTheyNameAndTheAccountMay(Action only) {
        for (Role role : Role.values()) {
            Caller limited = caller(role).limitedTo(Set.of(only));
            for (Relation relation : Relation.values()) {
                for (Action action : Action.values()) {
                    assertThat(AccessPolicy.decide(limited, action, relation.scope())
                                    .isAllowed())
                            .as("%s, %s, %s", role, relation, action)
                            .isEqualTo(action == only
                                    && AccessPolicy.decide(caller(role), action, relation.scope())
                                            .isAllowed());
                }
            }
            assertThat(AccessPolicy.visibleTo(limited))
                    .isEqualTo(
                            only == VIEW_METADATA
                                    ? AccessPolicy.visibleTo(caller(role))
                                    : new Visibility.Some(Set.of(), Set.of()));
        }
    }

    @Test
    void decisionsSayWhatTheyRestOn() {
        Caller reader = caller(Role.READER);
        Scope own = Relation.OWN_ORGANISATION.scope();

        assertThat(AccessPolicy.decide(reader, VIEW_CATALOGUE, own).ground()).isEqualTo(DecisionReason.EVERYBODY);
        assertThat(AccessPolicy.decide(reader, DOWNLOAD, own).ground()).isEqualTo(DecisionReason.OWN_ORGANISATION);
        assertThat(AccessPolicy.decide(reader, DOWNLOAD, Relation.NEITHER.scope())
                        .ground())
                .isEqualTo(DecisionReason.ELSEWHERE);
        assertThat(AccessPolicy.decide(reader, VIEW_AUDIT, own).ground()).isEqualTo(DecisionReason.NO_ROLE);
        assertThat(AccessPolicy.decide(reader.limitedTo(Set.of(SUBMIT)), DOWNLOAD, own)
                        .ground())
                .isEqualTo(DecisionReason.LIMITED_TOKEN);
        assertThat(AccessPolicy.decide(caller(Optional.empty(), Optional.empty(), Role.READER), DOWNLOAD, own)
                        .ground())
                .isEqualTo(DecisionReason.NO_PLACE);
        assertThat(AccessPolicy.decide(caller(Role.REGIONAL_REVIEWER), VIEW_METADATA, Relation.OWN_REGION.scope())
                        .ground())
                .isEqualTo(DecisionReason.OWN_REGION);
        assertThat(AccessPolicy.decide(caller(Role.ADMINISTRATOR), DOWNLOAD, own)
                        .ground())
                .isEqualTo(DecisionReason.ROLE_EVERYWHERE);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void withoutARoleOnlyWhatEverybodyMayIsAllowed(Action action) {
        for (Relation relation : Relation.values()) {
            assertThat(AccessPolicy.decide(caller(), action, relation.scope()).isAllowed())
                    .isEqualTo(EVERYBODY.contains(action));
        }
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void rolesAddUp(Action action) {
        Caller both = caller(Role.READER, Role.REGIONAL_REVIEWER);
        for (Relation relation : Relation.values()) {
            boolean expected = AccessPolicy.decide(caller(Role.READER), action, relation.scope())
                            .isAllowed()
                    || AccessPolicy.decide(caller(Role.REGIONAL_REVIEWER), action, relation.scope())
                            .isAllowed();
            assertThat(AccessPolicy.decide(both, action, relation.scope()).isAllowed())
                    .isEqualTo(expected);
        }
    }

    @Test
    void withoutAnOrganisationAnAnalystReachesNothing() {
        Caller analyst = caller(Optional.empty(), Optional.empty(), Role.ANALYST, Role.REGIONAL_REVIEWER);

        for (Relation relation : Relation.values()) {
            assertThat(AccessPolicy.decide(analyst, DOWNLOAD, relation.scope()).isAllowed())
                    .isFalse();
            assertThat(AccessPolicy.decide(analyst, VIEW_METADATA, relation.scope())
                            .isAllowed())
                    .isFalse();
        }
    }

    @Test
    void codesAreComparedExactly() {
        Scope other = new Scope.OfOrganisation("NORTH", Optional.of("EAST"));

        assertThat(AccessPolicy.decide(caller(Role.ANALYST), DOWNLOAD, other).isAllowed())
                .isFalse();
        assertThat(AccessPolicy.decide(caller(Role.REGIONAL_REVIEWER), VIEW_METADATA, other)
                        .isAllowed())
                .isFalse();
    }

    @Test
    void aRefusalNamesNothingTheCallerMayNotKnow() {
        Decision decision = AccessPolicy.decide(caller(Role.READER), DOWNLOAD, Relation.NEITHER.scope());

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.reason()).doesNotContain("south", "west"));
    }

    static Stream<Arguments> visibilities() {
        Visibility nothing = new Visibility.Some(Set.of(), Set.of());
        Visibility own = new Visibility.Some(Set.of("north"), Set.of());
        return Map.of(
                        Role.ADMINISTRATOR, new Visibility.Everything(),
                        Role.AUDITOR, new Visibility.Everything(),
                        Role.ANALYST, own,
                        Role.READER, own,
                        Role.REGIONAL_REVIEWER, new Visibility.Some(Set.of(), Set.of("east")))
                .entrySet()
                .stream()
                .flatMap(entry -> Stream.of(
                        Arguments.of(caller(entry.getKey()), entry.getValue()),
                        Arguments.of(
                                caller(Optional.empty(), Optional.empty(), entry.getKey()),
                                entry.getValue() instanceof Visibility.Everything everything ? everything : nothing)));
    }

    @ParameterizedTest
    @MethodSource("visibilities")
    void listsShowWhatTheRoleMaySee(Caller caller, Visibility expected) {
        assertThat(AccessPolicy.visibleTo(caller)).isEqualTo(expected);
    }

    @Test
    void listsShowExactlyWhatMayBeViewed() {
        for (Role role : Role.values()) {
            Visibility visibility = AccessPolicy.visibleTo(caller(role));
            for (Relation relation : Relation.values()) {
                if (relation.scope() instanceof Scope.OfOrganisation owner) {
                    boolean listed = visibility instanceof Visibility.Everything || isAmong(visibility, owner);
                    assertThat(listed)
                            .as("%s, %s", role, relation)
                            .isEqualTo(AccessPolicy.decide(caller(role), VIEW_METADATA, owner)
                                    .isAllowed());
                }
            }
        }
    }

    @Test
    void permissionsAreWhatIsAllowedSomewhere() {
        assertThat(AccessPolicy.permissionsOf(caller(Role.ADMINISTRATOR))).containsExactly(Action.values());
        assertThat(AccessPolicy.permissionsOf(caller(Role.READER)))
                .containsExactlyInAnyOrder(
                        VIEW_METADATA, DOWNLOAD, VIEW_CATALOGUE, VIEW_OWN_TRANSFERS, MANAGE_OWN_TOKENS);
        assertThat(AccessPolicy.permissionsOf(caller(Optional.empty(), Optional.empty(), Role.READER)))
                .isEqualTo(EVERYBODY);
        assertThat(AccessPolicy.permissionsOf(caller(Optional.empty(), Optional.of("east"), Role.REGIONAL_REVIEWER)))
                .containsExactlyInAnyOrder(
                        VIEW_METADATA, VIEW_TRANSFERS, VIEW_CATALOGUE, VIEW_OWN_TRANSFERS, MANAGE_OWN_TOKENS);
    }

    private static boolean isAmong(Visibility visibility, Scope.OfOrganisation owner) {
        return visibility instanceof Visibility.Some some
                && (some.organisations().contains(owner.organisation())
                        || owner.region().filter(some.regions()::contains).isPresent());
    }

    private static Caller caller(Role... roles) {
        return caller(Optional.of("north"), Optional.of("east"), roles);
    }

    private static Caller caller(Optional<String> organisation, Optional<String> region, Role... roles) {
        return new Caller(UUID.randomUUID(), "somebody", Set.of(roles), organisation, region);
    }

    /** Whoever looks at what somebody sees, sees no more than both may, and does nothing. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void whoIsSeenMayOnlyBeLookedAt(Role role) {
        Caller own = new Caller(UUID.randomUUID(), "own", Set.of(role), Optional.of("north"), Optional.of("east"));
        Caller administrator =
                new Caller(UUID.randomUUID(), "admin", Set.of(Role.ADMINISTRATOR), Optional.empty(), Optional.empty());
        Caller reader =
                new Caller(UUID.randomUUID(), "reader", Set.of(Role.READER), Optional.of("south"), Optional.empty());
        for (Relation relation : Relation.values()) {
            for (Action action : Action.values()) {
                boolean looks = action.name().startsWith("VIEW_");
                boolean may = AccessPolicy.decide(own, action, relation.scope()).isAllowed();
                assertThat(AccessPolicy.decide(own.seenBy(administrator), action, relation.scope())
                                .isAllowed())
                        .as("%s %s", action, relation)
                        .isEqualTo(may && looks);
                assertThat(AccessPolicy.decide(own.seenBy(reader), action, relation.scope())
                                .isAllowed())
                        .as("seen by a reader elsewhere: %s %s", action, relation)
                        .isEqualTo(may
                                && looks
                                && AccessPolicy.decide(reader, action, relation.scope())
                                        .isAllowed());
            }
        }
        assertThat(AccessPolicy.visibleTo(own.seenBy(administrator))).isEqualTo(AccessPolicy.visibleTo(own));
        assertThat(AccessPolicy.visibleTo(own.seenBy(reader))).isEqualTo(new Visibility.Some(Set.of(), Set.of()));
    }
}
