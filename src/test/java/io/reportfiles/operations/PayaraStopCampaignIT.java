package io.reportfiles.operations;

import io.reportfiles.server.Deployed;

class PayaraStopCampaignIT extends StopCampaignContract {

    @Override
    protected Deployed.Product product() {
        return Deployed.Product.PAYARA;
    }
}
