package io.reportfiles.reconcile;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;

/** Who does what only one node may do at a time. Changed by updates only, each of which one node wins. */
@Entity
@Table(name = "task_lease")
@NamedQuery(name = "TaskLease.take", query = """
                update TaskLease t set t.holder = :holder, t.leaseUntil = :until
                where t.name = :name and (t.holder is null or t.leaseUntil < :now)""")
@NamedQuery(name = "TaskLease.takeWhenDue", query = """
                update TaskLease t set t.holder = :holder, t.leaseUntil = :until
                where t.name = :name and (t.holder is null or t.leaseUntil < :now) and t.dueAt <= :now""")
@NamedQuery(name = "TaskLease.renew", query = """
                update TaskLease t set t.leaseUntil = :until where t.name = :name and t.holder = :holder""")
@NamedQuery(name = "TaskLease.giveBack", query = """
                update TaskLease t set t.holder = null, t.dueAt = :due where t.name = :name and t.holder = :holder""")
class TaskLease {

    @Id
    @Column(name = "name")
    private String name;

    @Column(name = "holder")
    private String holder; // null: nobody

    @Column(name = "lease_until")
    private Instant leaseUntil;

    @Column(name = "due_at")
    private Instant dueAt;

    protected TaskLease() {}
}
