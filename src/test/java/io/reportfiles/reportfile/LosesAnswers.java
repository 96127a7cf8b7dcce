package io.reportfiles.reportfile;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A way to a database on which the answer to one commit is lost; from then on nothing answers, until told otherwise. */
final class LosesAnswers {

    private final DataSource database;
    private boolean losing;
    private boolean away;

    LosesAnswers(DataSource database) {
        this.database = database;
    }

    /** The next commit comes through, and nobody hears of it. */
    void loseNext() {
        losing = true;
    }

    /** The database answers again. */
    void comeBack() {
        away = false;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, database);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    requireThere(method);
                    Object result = call(target, method, arguments);
                    if (losing && method.getName().equals("commit")) {
                        losing = false;
                        away = true;
                        requireThere(method);
                    }
                    return result instanceof Connection connection ? proxy(Connection.class, connection) : result;
                }));
    }

    private void requireThere(Method method) throws SQLException {
        if (away && !method.getName().equals("close")) {
            throw new SQLException("The connection is lost", "08006");
        }
    }

    private static Object call(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
