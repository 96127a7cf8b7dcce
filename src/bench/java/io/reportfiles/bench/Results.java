package io.reportfiles.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured, round by round, and the table that it comes to. */
final class Results {

    private final Map<Measure, Map<String, List<Double>>> values = new EnumMap<>(Measure.class);

    void note(Measure measure, Contender contender, double value) {
        values.computeIfAbsent(measure, row -> new HashMap<>())
                .computeIfAbsent(contender.name(), column -> new ArrayList<>())
                .add(value);
    }

    /** Forgets what a warm-up has noted. */
    void clear() {
        values.clear();
    }

    /** The median of the rounds; empty where nothing was measured. */
    OptionalDouble median(Measure measure, String contender) {
        double[] sorted = values.getOrDefault(measure, Map.of()).getOrDefault(contender, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
    }

    /** One column for each contender, of which the first is what ratios refer to. */
    String table(List<Contender> contenders) {
        StringBuilder table = new StringBuilder("%-34s".formatted(""));
        contenders.forEach(contender -> table.append("%18s".formatted(contender.name())));
        values.keySet().forEach(measure -> {
            table.append("%n%-34s".formatted(measure.title()));
            double base = median(measure, contenders.get(0).name()).orElse(Double.NaN);
            contenders.forEach(contender ->
                    table.append("%18s".formatted(show(measure, median(measure, contender.name()), base))));
        });
        return table.toString();
    }

    private static String show(Measure measure, OptionalDouble value, double base) {
        if (value.isEmpty()) {
            return "-";
        }
        double shown = measure.form() == Measure.Form.RATIO ? value.getAsDouble() / base : value.getAsDouble();
        return shown >= 100 ? "%.0f".formatted(shown) : "%.2f".formatted(shown);
    }
}
