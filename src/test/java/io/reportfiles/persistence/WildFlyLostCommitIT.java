package io.reportfiles.persistence;

import io.reportfiles.server.Deployed;

class WildFlyLostCommitIT extends LostCommitContract {

    @Override
    protected Deployed.Product product() {
        return Deployed.Product.WILDFLY;
    }
}
