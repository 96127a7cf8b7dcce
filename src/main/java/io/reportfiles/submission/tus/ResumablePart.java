package io.reportfiles.submission.tus;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/** The checksum of one part of an upload. Never changes. */
@Entity
@Table(name = "resumable_part")
class ResumablePart {

    @EmbeddedId
    @SuppressWarnings("UnusedVariable") // read by queries
    private Id id;

    @SuppressWarnings("UnusedVariable")
    @Column(name = "crc32c", updatable = false)
    private int crc32c;

    protected ResumablePart() {}

    ResumablePart(UUID fileId, int number, int crc32c) {
        this.id = new Id(fileId, number);
        this.crc32c = crc32c;
    }

    /** Which part of which upload. */
    @Embeddable
    static class Id implements Serializable {

        private static final long serialVersionUID = 1L;

        @Column(name = "report_file_id", updatable = false)
        private UUID fileId;

        @Column(name = "part_number", updatable = false)
        private int number;

        protected Id() {}

        Id(UUID fileId, int number) {
            this.fileId = fileId;
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id that && fileId.equals(that.fileId) && number == that.number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(fileId, number);
        }
    }
}
