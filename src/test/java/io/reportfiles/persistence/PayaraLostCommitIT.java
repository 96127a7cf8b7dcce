package io.reportfiles.persistence;

import io.reportfiles.server.Deployed;

class PayaraLostCommitIT extends LostCommitContract {

    @Override
    protected Deployed.Product product() {
        return Deployed.Product.PAYARA;
    }
}
