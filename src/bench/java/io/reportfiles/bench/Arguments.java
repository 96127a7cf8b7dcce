package io.reportfiles.bench;

import java.util.Arrays;

/** Arguments of a measurement: what is left out is as usual. */
final class Arguments {

    private Arguments() {}

    /**
     * Fills up what was given.
     *
     * @param given build directory and {@code server-config/payara}, then as many as somebody wanted to choose
     * @param usual all those after the first two
     */
    static String[] orUsual(String[] given, String... usual) {
        String[] all = Arrays.copyOf(given, Math.max(given.length, 2 + usual.length));
        for (int i = given.length; i < all.length; i++) {
            all[i] = usual[i - 2];
        }
        return all;
    }
}
