package io.reportfiles.catalogue;

import java.util.Optional;

/** A quarter of a fiscal year. */
public enum Quarter {
    Q1(1),
    Q2(2),
    Q3(3),
    Q4(4);

    /** What a client is told whose quarter was not {@linkplain #find accepted}. */
    public static final String ACCEPTED = "The quarter has to be Q1, Q2, Q3 or Q4.";

    private final int number;

    Quarter(int number) {
        this.number = number;
    }

    /** The quarter's number, 1 to 4. */
    public int number() {
        return number;
    }

    /** The quarter of a number from 1 to 4. */
    public static Quarter of(int number) {
        return values()[number - 1];
    }

    /** The quarter that {@code text} names as {@code Q3}, {@code q3} or {@code 3}; empty for anything else. */
    public static Optional<Quarter> find(String text) {
        return switch (text) {
            case "1", "Q1", "q1" -> Optional.of(Q1);
            case "2", "Q2", "q2" -> Optional.of(Q2);
            case "3", "Q3", "q3" -> Optional.of(Q3);
            case "4", "Q4", "q4" -> Optional.of(Q4);
            default -> Optional.empty();
        };
    }
}
