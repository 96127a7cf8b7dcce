package io.reportfiles.ledger;

import io.reportfiles.persistence.ManyRows;

class H2ManyEventsTest extends ManyEventsContract {

    H2ManyEventsTest() {
        super(ManyRows.H2);
    }
}
