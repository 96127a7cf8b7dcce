-- What the application's role may do to the rows of each table, for operators who keep it apart from the owner of the
-- schema (operating.md, PostgreSQL). The owner runs it after each upgrade, with the schema in its search path. Nothing in
-- the application, not even a defect in it, can then change or delete what the audit says, or who downloaded what.

revoke all on all tables in schema reportfiles from reportfiles_app;

grant select, insert, update on region, organisation, section, section_extension, account, account_role, access_token,
    section_check, section_pattern, series, report_file, resumable_upload, resumable_part, node, refusal, reconciliation,
    reconciliation_finding to reportfiles_app;
grant delete on section_extension, section_check, section_pattern, account_role, resumable_upload, resumable_part,
    node, refusal, reconciliation, reconciliation_finding to reportfiles_app;
grant select, update on task_lease to reportfiles_app;

-- A transfer is noted when it begins, and once more when it ends; then it does not change any more. Only that it was
-- interrupted may still turn out to be wrong.
grant select, insert, update (outcome, bytes_sent, ended_at) on transfer to reportfiles_app;

create or replace function reportfiles.refuse_change() returns trigger language plpgsql as
    'begin raise exception ''A transfer that has ended does not change.''; end';
drop trigger if exists transfer_has_ended on transfer;
create trigger transfer_has_ended before update on transfer for each row
    when (old.outcome not in ('STARTED', 'INTERRUPTED')) execute function reportfiles.refuse_change();

grant select, insert on audit_event, audit_seal, transfer_seal to reportfiles_app;

grant select on flyway_schema_history to reportfiles_app;
