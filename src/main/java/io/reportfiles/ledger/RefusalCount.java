package io.reportfiles.ledger;

import io.reportfiles.persistence.ColumnText;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.UUID;

/** How often one node refused files to strangers, in one minute from one address. */
@Entity
@Table(name = "refusal")
@NamedQuery(name = "RefusalCount.forget", query = "delete from RefusalCount r where r.minute < :before")
class RefusalCount {

    @Id
    @Column(name = "id")
    private UUID id;

    @Column(name = "node_id", updatable = false)
    private UUID nodeId;

    @Column(name = "counted_minute", updatable = false)
    private Instant minute;

    @Column(name = "remote_address", updatable = false)
    private String remoteAddress;

    @Column(name = "user_agent", updatable = false)
    private String userAgent; // of the first one

    @Column(name = "requests")
    private long requests;

    @Transient
    private long written;

    protected RefusalCount() {}

    RefusalCount(UUID node, Instant minute, String address, String userAgent) {
        id = UUID.randomUUID();
        nodeId = node;
        this.minute = minute;
        remoteAddress = ColumnText.cut(address, 64);
        this.userAgent = ColumnText.cut(userAgent, 255);
    }

    void add() {
        requests++;
    }

    /** A copy as it is now; the counting goes on here. */
    RefusalCount copy() {
        RefusalCount copy = new RefusalCount(nodeId, minute, remoteAddress, userAgent);
        copy.id = id;
        copy.requests = requests;
        return copy;
    }

    /** Notes that {@code copy} is in the database. */
    void written(RefusalCount copy) {
        written = copy.requests;
    }

    boolean isChanged() {
        return written < requests;
    }

    Instant minute() {
        return minute;
    }

    String address() {
        return remoteAddress;
    }

    RefusalDetails details() {
        return new RefusalDetails(minute, remoteAddress, userAgent, requests);
    }
}
