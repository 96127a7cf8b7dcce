package io.reportfiles.operations;

import io.reportfiles.server.Deployed;

class WildFlyGracefulStopIT extends GracefulStopContract {

    @Override
    protected Deployed.Product product() {
        return Deployed.Product.WILDFLY;
    }
}
