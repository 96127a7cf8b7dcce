/**
 * The WAR on real servers: Arquillian starts Payara Micro or WildFly with the files of {@code server-config}, and tests
 * marked {@link io.reportfiles.server.OnServer} speak HTTP to what is deployed there.
 */
package io.reportfiles.server;
