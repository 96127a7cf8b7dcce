package io.reportfiles.audit;

import io.reportfiles.persistence.ManyRows;

class PostgresManyEventsIT extends ManyEventsContract {

    PostgresManyEventsIT() {
        super(ManyRows.POSTGRES);
    }
}
