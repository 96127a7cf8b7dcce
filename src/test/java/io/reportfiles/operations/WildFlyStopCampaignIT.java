package io.reportfiles.operations;

import io.reportfiles.server.Deployed;

class WildFlyStopCampaignIT extends StopCampaignContract {

    @Override
    protected Deployed.Product product() {
        return Deployed.Product.WILDFLY;
    }
}
