package io.reportfiles.persistence;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Connections that remember which statements were executed, so that the database can be asked how many rows it reads for
 * each. That is the same on a fast machine and on a busy one. For one thread.
 */
public final class RowsRead {

    private static final Pattern H2_SCAN = Pattern.compile("scanCount: (\\d+)");
    private static final Pattern POSTGRES_SCAN =
            Pattern.compile("(?:Scan|Scan Backward)(?: using \\S+)?(?: on| using) .*actual rows=(\\d+) loops=(\\d+)");
    private static final Pattern POSTGRES_REMOVED = Pattern.compile("Rows Removed by (?:Index Recheck|Filter): (\\d+)");

    private final DataSource target;
    private final List<Executed> executed = new ArrayList<>();

    /** Watches connections of {@code target}. */
    public RowsRead(DataSource target) {
        this.target = target;
    }

    /** A statement with its parameters. */
    private record Executed(String sql, Map<Integer, Object[]> calls, Map<Integer, Method> setters) {}

    /** What an array was made of, since it ends with its connection. */
    private record Elements(String type, List<Object> values) {}

    /** Connections whose prepared statements are remembered. */
    public DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(method, target, arguments);
            return result instanceof Connection connection ? watched(connection) : result;
        });
    }

    /** How many rows of tables and indexes the statements read that {@code work} executes, all together. */
    public long during(Runnable work) throws SQLException, ReflectiveOperationException {
        executed.clear();
        work.run();
        long rows = 0;
        for (Executed statement : List.copyOf(executed)) {
            rows += rowsOf(plan(statement));
        }
        return rows;
    }

    /** What was executed last, each with the plan that it had. */
    public String plans() throws SQLException, ReflectiveOperationException {
        StringBuilder text = new StringBuilder();
        for (Executed statement : List.copyOf(executed)) {
            text.append(statement.sql()).append('\n').append(plan(statement)).append('\n');
        }
        return text.toString();
    }

    private String plan(Executed statement) throws SQLException, ReflectiveOperationException {
        try (Connection connection = target.getConnection()) {
            boolean postgres = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
            String explain = postgres ? "explain (analyze, timing off, costs off) " : "explain analyze ";
            try (PreparedStatement explained = connection.prepareStatement(explain + statement.sql())) {
                for (Map.Entry<Integer, Object[]> call : statement.calls().entrySet()) {
                    Object[] arguments = call.getValue().clone();
                    if (arguments[1] instanceof Elements elements) {
                        arguments[1] = connection.createArrayOf(
                                elements.type(), elements.values().toArray());
                    }
                    statement.setters().get(call.getKey()).invoke(explained, arguments);
                }
                StringBuilder lines = new StringBuilder();
                try (ResultSet rows = explained.executeQuery()) {
                    while (rows.next()) {
                        lines.append(rows.getString(1)).append('\n');
                    }
                }
                return lines.toString();
            }
        }
    }

    private static long rowsOf(String plan) {
        long rows = 0;
        long loops = 1;
        for (String line : plan.split("\n")) {
            Matcher scan = POSTGRES_SCAN.matcher(line);
            Matcher removed = POSTGRES_REMOVED.matcher(line);
            Matcher scanned = H2_SCAN.matcher(line);
            if (scan.find()) {
                loops = Long.parseLong(scan.group(2));
                rows += Long.parseLong(scan.group(1)) * loops;
            } else if (removed.find()) {
                rows += Long.parseLong(removed.group(1)) * loops;
            }
            while (scanned.find()) {
                rows += Long.parseLong(scanned.group(1));
            }
        }
        return rows;
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = invoke(method, connection, arguments);
            return result instanceof PreparedStatement statement ? watched(statement, (String) arguments[0]) : result;
        });
    }

    private PreparedStatement watched(PreparedStatement statement, String sql) {
        Executed call = new Executed(sql, new TreeMap<>(), new TreeMap<>());
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("set")
                    && arguments.length > 1
                    && arguments[0] instanceof Integer position) {
                call.calls().put(position, lasting(arguments));
                call.setters().put(position, method);
            }
            if (method.getName().equals("executeQuery")) {
                executed.add(call);
            }
            return invoke(method, statement, arguments);
        });
    }

    private static Object[] lasting(Object[] arguments) throws SQLException {
        Object[] lasting = arguments.clone();
        if (arguments[1] instanceof Array array) {
            lasting[1] = new Elements(array.getBaseTypeName(), List.of((Object[]) array.getArray()));
        }
        return lasting;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
