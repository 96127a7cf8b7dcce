package io.reportfiles.access;

import io.reportfiles.access.Decision.Allowed;
import io.reportfiles.access.Decision.Denied;
import io.reportfiles.access.Scope.OfOrganisation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one rule of who may do what. A pure function of caller, action and the stored organisation; what no role allows
 * is denied, and so is everything to an account that is not active and to a token that was made for something else.
 * Stateless.
 */
public final class AccessPolicy {

    private static final Set<Action> EVERYBODY =
            EnumSet.of(Action.VIEW_CATALOGUE, Action.VIEW_OWN_TRANSFERS, Action.MANAGE_OWN_TOKENS);

    private static final Map<Role, Set<Action>> EVERYWHERE = new EnumMap<>(Map.of(
            Role.ADMINISTRATOR,
            EnumSet.allOf(Action.class),
            Role.AUDITOR,
            EnumSet.of(Action.VIEW_METADATA, Action.VIEW_TRANSFERS, Action.VIEW_AUDIT, Action.VIEW_METRICS)));

    private static final Map<Role, Set<Action>> OWN_ORGANISATION = new EnumMap<>(Map.of(
            Role.ANALYST, EnumSet.of(Action.VIEW_METADATA, Action.VIEW_TRANSFERS, Action.DOWNLOAD, Action.SUBMIT),
            Role.READER, EnumSet.of(Action.VIEW_METADATA, Action.DOWNLOAD)));

    private static final Map<Role, Set<Action>> OWN_REGION =
            new EnumMap<>(Map.of(Role.REGIONAL_REVIEWER, EnumSet.of(Action.VIEW_METADATA, Action.VIEW_TRANSFERS)));

    /** No organisation has this code. */
    private static final String NOBODY = "";

    private AccessPolicy() {}

    /** Whether an account in this state gets in at all. */
    public static boolean admits(AccountState state) {
        return state == AccountState.ACTIVE;
    }

    /** Decides whether {@code caller} may do {@code action} to a thing of {@code scope}. */
    public static Decision decide(Caller caller, Action action, Scope scope) {
        if (!admits(caller.state())) {
            return new Denied(
                    caller.state() == AccountState.PENDING ? DecisionReason.PENDING : DecisionReason.DEACTIVATED);
        }
        if (!caller.isGoodFor(action)) {
            return new Denied(caller.seenBy().isPresent() ? DecisionReason.ONLY_SEEN : DecisionReason.LIMITED_TOKEN);
        }
        Optional<Decision> ofOther = caller.seenBy().map(other -> decide(other, action, scope));
        if (ofOther.filter(Denied.class::isInstance).isPresent()) {
            return ofOther.get();
        }
        if (EVERYBODY.contains(action)) {
            return new Allowed(DecisionReason.EVERYBODY);
        }
        if (grants(EVERYWHERE, caller, action)) {
            return new Allowed(DecisionReason.ROLE_EVERYWHERE);
        }
        boolean forOrganisation = grants(OWN_ORGANISATION, caller, action);
        boolean forRegion = grants(OWN_REGION, caller, action);
        if (forOrganisation && isOfOrganisation(caller, scope)) {
            return new Allowed(DecisionReason.OWN_ORGANISATION);
        }
        if (forRegion && isOfRegion(caller, scope)) {
            return new Allowed(DecisionReason.OWN_REGION);
        }
        if (!forOrganisation && !forRegion) {
            return new Denied(DecisionReason.NO_ROLE);
        }
        boolean hasPlace = (forOrganisation && caller.organisation().isPresent())
                || (forRegion && caller.region().isPresent());
        return new Denied(hasPlace ? DecisionReason.ELSEWHERE : DecisionReason.NO_PLACE);
    }

    private static boolean isOfOrganisation(Caller caller, Scope scope) {
        return scope instanceof OfOrganisation owner
                && caller.organisation().filter(owner.organisation()::equals).isPresent();
    }

    private static boolean isOfRegion(Caller caller, Scope scope) {
        return scope instanceof OfOrganisation owner
                && caller.region().isPresent()
                && caller.region().equals(owner.region());
    }

    /**
     * What {@code caller} may do at least somewhere: everywhere, in the own organisation or in the own region. For
     * showing what makes sense to offer; what is allowed is decided by {@link #decide}, each time.
     */
    public static Set<Action> permissionsOf(Caller caller) {
        Scope own = new OfOrganisation(caller.organisation().orElse(NOBODY), caller.region());
        return Arrays.stream(Action.values())
                .filter(action -> decide(caller, action, own).isAllowed())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Action.class)));
    }

    /** Which organisations' report files lists may show to {@code caller}. */
    public static Visibility visibleTo(Caller caller) {
        boolean othersSeeAll =
                caller.seenBy().map(AccessPolicy::visibleTo).stream().allMatch(Visibility.Everything.class::isInstance);
        if (!admits(caller.state()) || !caller.isGoodFor(Action.VIEW_METADATA) || !othersSeeAll) {
            return new Visibility.Some(Set.of(), Set.of());
        }
        if (grants(EVERYWHERE, caller, Action.VIEW_METADATA)) {
            return new Visibility.Everything();
        }
        Set<String> organisations = new HashSet<>();
        Set<String> regions = new HashSet<>();
        if (grants(OWN_ORGANISATION, caller, Action.VIEW_METADATA)) {
            caller.organisation().ifPresent(organisations::add);
        }
        if (grants(OWN_REGION, caller, Action.VIEW_METADATA)) {
            caller.region().ifPresent(regions::add);
        }
        return new Visibility.Some(organisations, regions);
    }

    private static boolean grants(Map<Role, Set<Action>> table, Caller caller, Action action) {
        return caller.roles().stream()
                .anyMatch(role -> table.getOrDefault(role, Set.of()).contains(action));
    }
}
