package io.reportfiles.config;

import io.reportfiles.access.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How it is written which group, as somebody else calls it, gives which role here. */
final class GroupRoles {

    static final String ACCEPTS = "pairs such as `report-analysts=ANALYST, report-readers=READER`";

    private GroupRoles() {}

    /** Reads one pair; throws IllegalArgumentException if it is none. */
    static Map.Entry<String, Role> pair(String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("no pair of group and role");
        }
        return Map.entry(
                text.substring(0, equals).strip(),
                Role.valueOf(text.substring(equals + 1).strip()));
    }

    static Map<String, List<Role>> byGroup(Optional<List<Map.Entry<String, Role>>> pairs) {
        return pairs.orElse(List.of()).stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
