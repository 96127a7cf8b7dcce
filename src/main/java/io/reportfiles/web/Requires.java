package io.reportfiles.web;

import io.reportfiles.access.Action;
import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The permission that the caller of a resource method needs, on nothing of any organisation. It is decided before the
 * body is looked at, so a caller without it learns nothing of what the body should be.
 */
@NameBinding
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {
    /** The action that has to be allowed. */
    Action value();
}
