package io.reportfiles.ledger;

import io.reportfiles.persistence.ManyRows;

class PostgresManyEventsIT extends ManyEventsContract {

    PostgresManyEventsIT() {
        super(ManyRows.POSTGRES);
    }
}
