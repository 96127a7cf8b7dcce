package io.reportfiles.submission;

import io.reportfiles.access.Caller;
import io.reportfiles.catalogue.OrganisationDetails;
import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.SectionDetails;
import io.reportfiles.reportfile.FileName;
import io.reportfiles.reportfile.NewSubmission;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectKeys;
import java.time.Instant;
import java.util.UUID;

/**
 * A submission that is in order as far as it can be told before the file's bytes come.
 *
 * @param organisation who the file belongs to, as stored
 * @param period what time it is about
 * @param section the kind of report, as stored; accepts the file name
 * @param fileName the file's name
 */
public record SubmissionRequest(
        OrganisationDetails organisation, Period period, SectionDetails section, FileName fileName) {

    /** Whether {@code file} is what this asks for, as far as it can be told without looking at the bytes. */
    boolean isFor(ReportFileDetails file) {
        return file.organisation().equals(organisation.code())
                && file.period().equals(period)
                && file.section().equals(section.code())
                && file.filename().equals(fileName.value());
    }

    /** The media type that the file is kept with. */
    String contentType() {
        return ContentTypes.of(fileName);
    }

    /** What to reserve for it, with a new key. */
    public NewSubmission reservation(ObjectKeys keys, Caller submitter, Instant leaseUntil) {
        ObjectKey key = keys.of(
                organisation.code(),
                Integer.toString(period.year()),
                period.quarter().name(),
                section.code(),
                UUID.randomUUID().toString());
        return new NewSubmission(
                organisation.code(),
                period,
                section.code(),
                fileName.value(),
                contentType(),
                key,
                submitter,
                leaseUntil);
    }
}
