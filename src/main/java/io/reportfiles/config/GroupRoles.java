package io.reportfiles.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How it is written which group, as somebody else calls it, gives which role here. */
final class GroupRoles {

    static final String ACCEPTS = "pairs such as `report-analysts=ANALYST, report-readers=READER`";

    private GroupRoles() {}

    static Map.Entry<String, String> pair(String text) {
        int equals = text.lastIndexOf('=');
        String role = text.substring(equals + 1).strip();
        if (equals < 1 || !role.matches("ADMINISTRATOR|ANALYST|READER|REGIONAL_REVIEWER|AUDITOR")) {
            throw new IllegalArgumentException("no pair of group and role");
        }
        return Map.entry(text.substring(0, equals).strip(), role);
    }

    static Map<String, List<String>> byGroup(Optional<List<Map.Entry<String, String>>> pairs) {
        return pairs.orElse(List.of()).stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
