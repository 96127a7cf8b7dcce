package io.reportfiles.server;

import java.net.URI;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.event.container.AfterStart;
import org.jboss.arquillian.container.spi.event.container.BeforeStop;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Deploys the built WAR at {@code /} when Arquillian has started the server, once for all test classes. */
public final class ReportFilesDeployment implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Deployer.class);
    }

    static final class Deployer {
        private final WebArchive archive = ShrinkWrap.create(ZipImporter.class, "ROOT.war")
                .importFrom(ServerRun.current().archive().toFile())
                .as(WebArchive.class);

        void deploy(@Observes AfterStart event) throws DeploymentException {
            DeployableContainer<?> container = event.getDeployableContainer();
            ProtocolMetaData deployed = container.deploy(archive);
            HTTPContext http =
                    deployed.getContexts(HTTPContext.class).iterator().next();
            ServerRun.current().deployedAt(URI.create("http://127.0.0.1:" + http.getPort() + "/"));
        }

        void undeploy(@Observes BeforeStop event) throws DeploymentException {
            event.getDeployableContainer().undeploy(archive);
        }
    }
}
