package io.reportfiles.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that speaks to the deployed WAR; {@link Deployed} says where it is and what is behind it. The build runs it
 * three times: on Payara Micro with H2, on Payara Micro with PostgreSQL, on WildFly with PostgreSQL; tags say where fewer
 * are enough. A run deploys once, so that all its tests share one application: use your own organisations, and do not count
 * on an empty database.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("server")
@ExtendWith(ServerRun.Extension.class)
public @interface OnServer {

    /** Tag of a test that is about the server and the application, whatever the database: two set-ups are enough. */
    String ANY_DATABASE = "any-database";

    /** Tag of a test of the console in a browser, all of whose requests others make to both servers: one set-up is enough. */
    String ANY_SERVER = "any-server";

    /** Tag of a test with a real identity provider, which {@code mvn -Psign-on verify} brings and nothing else. */
    String SIGN_ON = "sign-on";
}
