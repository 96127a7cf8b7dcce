/** What Payara (Grizzly) and WildFly (Undertow) can do with a reader's connection and the Servlet API has no words for. */
package io.reportfiles.download.server;
