package io.reportfiles.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One start of a node, as long as it lives and until its unfinished transfers are noted as interrupted. */
@Entity
@Table(name = "node")
@NamedQuery(name = "Node.renew", query = "update Node n set n.leaseUntil = :leaseUntil where n.id = :id")
@NamedQuery(
        name = "Node.dead",
        query = "select n from Node n where n.id <> :self and (n.leaseUntil < :now or n.name = :name)")
@NamedQuery(name = "Node.countAlive", query = "select count(n) from Node n where n.id = :id and n.leaseUntil >= :now")
@NamedQuery(name = "Node.remove", query = "delete from Node n where n.id = :id")
class Node {

    @Id
    @Column(name = "id")
    private UUID id;

    @Column(name = "name")
    private String name; // null: it has none

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "lease_until")
    private Instant leaseUntil;

    protected Node() {}

    Node(UUID id, Optional<String> name, Instant startedAt, Instant leaseUntil) {
        this.id = id;
        this.name = name.orElse(null);
        this.startedAt = startedAt;
        this.leaseUntil = leaseUntil;
    }

    UUID id() {
        return id;
    }

    Instant startedAt() {
        return startedAt;
    }
}
