package io.reportfiles.persistence;

import java.sql.Types;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.converters.Converter;
import org.eclipse.persistence.sessions.Session;

/**
 * Leaves a {@link java.util.UUID} to the driver, and null as well. For columns that can be null: what EclipseLink does by
 * itself fails on reading one, and on PostgreSQL on writing one, for it calls it a null text.
 */
public class NullableUuidColumn implements Converter {

    /** What {@code @Convert} of EclipseLink calls it. */
    public static final String NAME = "nullable-uuid";

    private static final long serialVersionUID = 1L;

    @Override
    public Object convertObjectValueToDataValue(Object id, Session session) {
        return id;
    }

    @Override
    public Object convertDataValueToObjectValue(Object column, Session session) {
        return column;
    }

    @Override
    public boolean isMutable() {
        return false;
    }

    @Override
    public void initialize(DatabaseMapping mapping, Session session) {
        mapping.getField().setSqlType(Types.OTHER);
    }
}
