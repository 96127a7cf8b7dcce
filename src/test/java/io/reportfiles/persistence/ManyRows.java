package io.reportfiles.persistence;

/** How many rows the tests of long lists load, and SQL to make them. */
public enum ManyRows {
    H2("(select x as n from system_range(1, %d))", "random_uuid()"),
    POSTGRES("(select n from generate_series(1, %d) n)", "gen_random_uuid()");

    /** More than are counted; {@code -Dmany.rows=100000} for a long run. */
    public static final int COUNT = Integer.getInteger("many.rows", 12_000);

    private final String numbers;
    private final String uuid;

    ManyRows(String numbers, String uuid) {
        this.numbers = numbers;
        this.uuid = uuid;
    }

    /** A new database. */
    public TestDatabase create() {
        return this == H2 ? TestDatabase.h2() : TestDatabase.postgres();
    }

    /** Executes SQL in which {@code numbers(5)} is a table of a column {@code n} from 1 to 5, and {@code new_uuid} an id. */
    public void fill(TestDatabase database, String sql) {
        String made = sql.replace("new_uuid", uuid);
        for (int at = made.indexOf("numbers("); at >= 0; at = made.indexOf("numbers(")) {
            int end = made.indexOf(')', at);
            int last = Integer.parseInt(made.substring(at + "numbers(".length(), end));
            made = made.substring(0, at) + numbers.formatted(last) + made.substring(end + 1);
        }
        database.execute(made);
    }
}
