package io.reportfiles.operations;

import io.reportfiles.server.Deployed;

class PayaraGracefulStopIT extends GracefulStopContract {

    @Override
    protected Deployed.Product product() {
        return Deployed.Product.PAYARA;
    }
}
