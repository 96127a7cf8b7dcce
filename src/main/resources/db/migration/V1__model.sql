-- One set of statements for H2 and PostgreSQL. Rules that the application relies on are constraints here, each with a
-- name, so that a violation says which rule it was. Codes of reference data are keys: they never change, and access
-- can be decided on them without a join.

create table region (
    code varchar(32) not null,
    name varchar(200) not null,
    row_version integer not null,
    constraint region_pk primary key (code),
    constraint region_code_form check (char_length(code) >= 1)
);

create table organisation (
    code varchar(32) not null,
    name varchar(200) not null,
    type varchar(64) not null,
    region_code varchar(32),
    row_version integer not null,
    constraint organisation_pk primary key (code),
    constraint organisation_region_fk foreign key (region_code) references region (code),
    constraint organisation_code_form check (char_length(code) >= 1)
);

create index organisation_by_region on organisation (region_code);

create table section (
    code varchar(32) not null,
    title varchar(200) not null,
    max_bytes bigint not null,
    row_version integer not null,
    constraint section_pk primary key (code),
    constraint section_code_form check (char_length(code) >= 1),
    constraint section_max_bytes_range check (max_bytes >= 1)
);

create table section_extension (
    section_code varchar(32) not null,
    extension varchar(16) not null,
    constraint section_extension_pk primary key (section_code, extension),
    constraint section_extension_section_fk foreign key (section_code) references section (code),
    constraint section_extension_form check (extension = lower(extension) and char_length(extension) >= 1)
);

-- A section has extensions or patterns; the pattern * accepts any name.
create table section_pattern (
    section_code varchar(32) not null,
    pattern varchar(400) not null,
    constraint section_pattern_pk primary key (section_code, pattern),
    constraint section_pattern_section_fk foreign key (section_code) references section (code),
    constraint section_pattern_form check (char_length(pattern) >= 1)
);

create table section_check (
    section_code varchar(32) not null,
    name varchar(32) not null,
    constraint section_check_pk primary key (section_code, name),
    constraint section_check_section_fk foreign key (section_code) references section (code),
    constraint section_check_name_form check (char_length(name) >= 1)
);

create table account (
    id uuid not null,
    name varchar(64) not null,
    display_name varchar(200) not null,
    password_hash varchar(512), -- null: can't sign in with a password
    external_id varchar(600), -- issuer and subject at an identity provider; null: known here only
    profile_given boolean default false not null, -- roles, organisation and region follow the identity provider
    state varchar(16) not null,
    organisation_code varchar(32),
    region_code varchar(32),
    created_at timestamp (6) with time zone not null,
    session_epoch integer default 0 not null, -- browser sessions that began in an earlier one have ended
    row_version integer not null,
    constraint account_pk primary key (id),
    constraint account_name_unique unique (name),
    constraint account_external_id_unique unique (external_id),
    constraint account_name_form check (name = lower(name) and char_length(name) >= 1),
    constraint account_state_known check (state in ('PENDING', 'ACTIVE', 'DEACTIVATED')),
    constraint account_organisation_fk foreign key (organisation_code) references organisation (code),
    constraint account_region_fk foreign key (region_code) references region (code)
);

create table account_role (
    account_id uuid not null,
    role varchar(32) not null,
    constraint account_role_pk primary key (account_id, role),
    constraint account_role_account_fk foreign key (account_id) references account (id)
);

create table access_token (
    id uuid not null,
    account_id uuid not null,
    name varchar(200) not null,
    token_hash varchar(128) not null, -- never the token
    created_at timestamp (6) with time zone not null,
    expires_at timestamp (6) with time zone, -- null: never
    actions varchar(500), -- names with blanks between; null: all that the account may do
    last_used_at timestamp (6) with time zone,
    revoked_at timestamp (6) with time zone, -- null: still good
    constraint access_token_pk primary key (id),
    constraint access_token_hash_unique unique (token_hash),
    constraint access_token_account_fk foreign key (account_id) references account (id)
);

create index access_token_by_account on access_token (account_id);

-- Its row is locked while a version is numbered, withdrawn or restored.
create table series (
    organisation_code varchar(32) not null,
    fiscal_year integer not null,
    fiscal_quarter integer not null,
    section_code varchar(32) not null,
    last_version integer not null,
    current_version integer, -- null: no version is available
    row_version integer not null,
    constraint series_pk primary key (organisation_code, fiscal_year, fiscal_quarter, section_code),
    constraint series_organisation_fk foreign key (organisation_code) references organisation (code),
    constraint series_section_fk foreign key (section_code) references section (code),
    constraint series_year_range check (fiscal_year between 1990 and 2099),
    constraint series_quarter_range check (fiscal_quarter between 1 and 4),
    constraint series_versions_range check (last_version >= 0 and current_version between 1 and last_version)
);

create table report_file (
    id uuid not null,
    organisation_code varchar(32) not null,
    fiscal_year integer not null,
    fiscal_quarter integer not null,
    section_code varchar(32) not null,
    version_number integer, -- null: not available yet, or never
    state varchar(16) not null,
    filename varchar(255) not null,
    filename_folded varchar(1024) not null, -- in lower case, to be sorted by and searched in
    content_type varchar(255) not null,
    object_key varchar(1024) not null,
    bucket varchar(255),
    object_version_id varchar(1024), -- null: the bucket keeps no versions
    object_etag varchar(255),
    size_bytes bigint,
    sha256 char(64),
    crc32c char(8),
    crc32 char(8), -- what a ZIP file has in the head of an entry, so that it has to be known before the bytes are sent
    charset varchar(16), -- null: its bytes are not known to be text
    submitter_id uuid not null,
    submitted_by varchar(64) not null, -- the account's name at the time
    reserved_at timestamp (6) with time zone not null,
    submitted_at timestamp (6) with time zone not null,
    lease_until timestamp (6) with time zone not null,
    cleanup_owed boolean not null,
    damaged_at timestamp (6) with time zone, -- null: its bytes are not known to be other than recorded
    failure varchar(500),
    node_id uuid default '00000000-0000-0000-0000-000000000000' not null, -- which receives it; outlives the row of its node
    idempotency_key varchar(255), -- null: the client gave none, or it may be used anew
    idempotent_until timestamp (6) with time zone,
    row_version integer not null,
    constraint report_file_pk primary key (id),
    constraint report_file_series_fk foreign key (organisation_code, fiscal_year, fiscal_quarter, section_code)
        references series (organisation_code, fiscal_year, fiscal_quarter, section_code),
    constraint report_file_submitter_fk foreign key (submitter_id) references account (id),
    constraint report_file_version_unique
        unique (organisation_code, fiscal_year, fiscal_quarter, section_code, version_number),
    constraint report_file_object_key_unique unique (object_key),
    constraint report_file_idempotency_key_unique unique (submitter_id, idempotency_key),
    constraint report_file_idempotency_key_whole check ((idempotency_key is null) = (idempotent_until is null)),
    constraint report_file_state_known check (state in ('RECEIVING', 'AVAILABLE', 'WITHDRAWN', 'FAILED')),
    constraint report_file_version_range check (version_number >= 1),
    constraint report_file_size_range check (size_bytes >= 0),
    constraint report_file_charset_known check (charset in ('utf-8', 'utf-16')),
    constraint report_file_filename_form check (char_length(filename) >= 1),
    constraint report_file_published_whole check (
        state in ('RECEIVING', 'FAILED')
        or (version_number is not null and bucket is not null and object_etag is not null
            and size_bytes is not null and sha256 is not null and crc32c is not null and crc32 is not null)
    ),
    constraint report_file_unpublished_unnumbered check (
        state in ('AVAILABLE', 'WITHDRAWN') or version_number is null
    ),
    constraint report_file_cleanup_after_failure check (state = 'FAILED' or cleanup_owed = false)
);

-- One for each order of the list, as ReportFileOrder writes it: so that a page is read where it begins, however long the
-- list is. PostgreSQL walks them in both directions; H2 in this one, and only if it is the whole order.
create index report_file_by_time on report_file (submitted_at desc, id desc);
create index report_file_by_filename on report_file (filename_folded, submitted_at desc, id desc);
create index report_file_by_size on report_file (size_bytes, submitted_at desc, id desc);
create index report_file_by_version on report_file (version_number, submitted_at desc, id desc);
create index report_file_by_organisation on report_file (organisation_code, submitted_at desc, id desc);
create index report_file_by_year on report_file (fiscal_year, submitted_at desc, id desc);
create index report_file_by_period on report_file (fiscal_year, fiscal_quarter, submitted_at desc, id desc);
create index report_file_by_section on report_file (section_code, submitted_at desc, id desc);
create index report_file_by_lease on report_file (state, lease_until);
create index report_file_by_idempotent_until on report_file (idempotent_until);

-- Which node does what only one may do at a time; a row for each such task.
create table task_lease (
    name varchar(64) not null,
    holder varchar(64), -- null: nobody
    lease_until timestamp (6) with time zone not null,
    due_at timestamp (6) with time zone not null,
    constraint task_lease_pk primary key (name)
);

insert into task_lease (name, lease_until, due_at)
values ('reconciliation', timestamp with time zone '2000-01-01 00:00:00+00', timestamp with time zone '2000-01-01 00:00:00+00');

create table reconciliation (
    id uuid not null,
    started_at timestamp (6) with time zone not null,
    ended_at timestamp (6) with time zone, -- null: not known to have ended
    started_by varchar(64) not null,
    dry_run boolean not null,
    state varchar(16) not null,
    objects bigint not null,
    foreign_objects bigint not null,
    uploads bigint not null,
    files bigint not null,
    findings bigint not null,
    removed bigint not null,
    failure varchar(500), -- null: none
    constraint reconciliation_pk primary key (id),
    constraint reconciliation_state_known check (state in ('RUNNING', 'FINISHED', 'FAILED')),
    constraint reconciliation_ended_once check ((state = 'RUNNING') = (ended_at is null))
);

create index reconciliation_by_time on reconciliation (started_at);

create table reconciliation_finding (
    id uuid not null,
    reconciliation_id uuid not null,
    position bigint not null,
    kind varchar(32) not null,
    object_key varchar(1024) not null,
    report_file varchar(36), -- null: no row names the object
    detail varchar(500) not null,
    action varchar(16) not null,
    constraint reconciliation_finding_pk primary key (id),
    constraint reconciliation_finding_position_unique unique (reconciliation_id, position),
    constraint reconciliation_finding_run_fk foreign key (reconciliation_id) references reconciliation (id)
);

-- One row for each start of a node, as long as it lives and until its unfinished transfers are noted as interrupted.
create table node (
    id uuid not null,
    name varchar(64), -- null: it has none
    started_at timestamp (6) with time zone not null,
    lease_until timestamp (6) with time zone not null,
    constraint node_pk primary key (id)
);

-- How far an upload in several requests has come, so that any node can go on with it. Its report file is RECEIVING
-- meanwhile, with a lease that ends when the upload expires.
create table resumable_upload (
    report_file_id uuid not null,
    owner_id uuid not null,
    metadata varchar(4000) not null, -- as the client sent it
    expected_sha256 char(64), -- null: the client named none
    size_bytes bigint not null,
    object_key varchar(1024) not null,
    store_upload_id varchar(1024), -- what the store calls the unfinished object; null: there are no bytes to come
    part_bytes bigint not null,
    parts_stored integer not null,
    tail_key varchar(1024), -- the object with what came after them; null: there is none
    tail_bucket varchar(255),
    tail_version_id varchar(1024), -- null: the bucket keeps no versions
    tail_etag varchar(255),
    tail_bytes bigint,
    tail_crc32c integer,
    fence bigint not null, -- grows with every request that takes the upload over; one with an older number changes nothing
    held_until timestamp (6) with time zone not null,
    expires_at timestamp (6) with time zone not null,
    row_version integer not null,
    constraint resumable_upload_pk primary key (report_file_id),
    constraint resumable_upload_report_file_fk foreign key (report_file_id) references report_file (id),
    constraint resumable_upload_owner_fk foreign key (owner_id) references account (id),
    constraint resumable_upload_size_range check (size_bytes >= 0 and (size_bytes = 0) = (store_upload_id is null)),
    constraint resumable_upload_parts_range check (part_bytes >= 1 and parts_stored >= 0),
    constraint resumable_upload_tail_whole check (
        (tail_key is null and tail_bucket is null and tail_etag is null and tail_bytes is null and tail_crc32c is null)
        or (tail_key is not null and tail_bucket is not null and tail_etag is not null and tail_bytes >= 1
            and tail_crc32c is not null)
    )
);

-- Checksums of the parts that the store has, wanted again when the object is made of them. One that is stored without
-- being noted in resumable_upload.parts_stored has no row.
create table resumable_part (
    report_file_id uuid not null,
    part_number integer not null,
    crc32c integer not null,
    constraint resumable_part_pk primary key (report_file_id, part_number),
    constraint resumable_part_upload_fk foreign key (report_file_id)
        references resumable_upload (report_file_id) on delete cascade,
    constraint resumable_part_number_range check (part_number >= 1)
);

create index resumable_upload_by_expiry on resumable_upload (expires_at);
create index resumable_upload_by_owner on resumable_upload (owner_id, expires_at);

create table transfer (
    id uuid not null,
    node_id uuid not null, -- no foreign key: it outlives the row of its node
    report_file_id uuid, -- null: what was asked for does not exist
    asked_for varchar(255), -- the path, where there is no such report file
    account_id uuid, -- null: anonymous
    account_name varchar(64), -- at the time
    remote_address varchar(64) not null,
    user_agent varchar(255) not null,
    method varchar(16) not null,
    file_bytes bigint, -- size of the file; null where it was not looked at
    range_first bigint, -- null: the whole file
    range_length bigint,
    ranges varchar(4000), -- null: not more than one
    status integer, -- of the answer where nothing was transferred
    started_at timestamp (6) with time zone not null,
    ended_at timestamp (6) with time zone, -- null: not known to have ended
    outcome varchar(32) not null,
    bytes_sent bigint not null,
    constraint transfer_pk primary key (id),
    constraint transfer_report_file_fk foreign key (report_file_id) references report_file (id),
    constraint transfer_account_fk foreign key (account_id) references account (id),
    constraint transfer_outcome_known check (
        outcome in ('STARTED', 'COMPLETE', 'CLIENT_GONE', 'STORAGE_FAILED', 'INTEGRITY_FAILED', 'REFUSED',
            'NOT_MODIFIED', 'INTERRUPTED', 'REVOKED')
    ),
    constraint transfer_ended_once check ((outcome = 'STARTED') = (ended_at is null)),
    constraint transfer_bytes_range check (bytes_sent >= 0),
    constraint transfer_file_known check (report_file_id is null or asked_for is null),
    constraint transfer_range_whole check (
        (range_first is null and range_length is null) or (range_first >= 0 and range_length >= 1)
    )
);

-- None on what changes when a transfer ends, so that PostgreSQL need not touch any then.
create index transfer_by_time on transfer (started_at desc, id);
create index transfer_by_report_file on transfer (report_file_id, started_at desc, id);
create index transfer_by_account on transfer (account_name, started_at desc, id);

-- How often a node refused files to callers that nobody knows. Not sealed: it proves nothing about anybody.
create table refusal (
    id uuid not null,
    node_id uuid not null, -- no foreign key: it outlives the row of its node
    counted_minute timestamp (6) with time zone not null,
    remote_address varchar(64) not null, -- a network of 48 bits of version 6; 'others': of many
    user_agent varchar(255) not null, -- of the first one
    requests bigint not null,
    constraint refusal_pk primary key (id),
    constraint refusal_requests_range check (requests >= 1)
);

create index refusal_by_time on refusal (counted_minute desc, id);

create table audit_event (
    id uuid not null,
    occurred_at timestamp (6) with time zone not null,
    action varchar(64) not null,
    actor varchar(255) not null,
    subject_type varchar(64) not null,
    subject_id varchar(255) not null,
    detail varchar(1000) not null,
    constraint audit_event_pk primary key (id)
);

create index audit_event_by_time on audit_event (occurred_at desc, id);
create index audit_event_by_subject on audit_event (subject_type, subject_id, occurred_at desc, id);
create index audit_event_by_action on audit_event (action, occurred_at desc, id);
create index audit_event_by_actor on audit_event (actor, occurred_at desc, id);

-- Rows are only ever added: the hash of each event and of the row before.
create table audit_seal (
    number bigint not null,
    event_id uuid not null,
    hash char(64) not null,
    sealed_at timestamp (6) with time zone not null,
    constraint audit_seal_pk primary key (number),
    constraint audit_seal_event_unique unique (event_id),
    constraint audit_seal_event_fk foreign key (event_id) references audit_event (id),
    constraint audit_seal_number_range check (number >= 1)
);

-- The same of transfers that have ended. No foreign key: to check it would lock, and so write, the row of each transfer.
create table transfer_seal (
    number bigint not null,
    transfer_id uuid not null,
    hash char(64) not null,
    sealed_at timestamp (6) with time zone not null,
    constraint transfer_seal_pk primary key (number),
    constraint transfer_seal_transfer_unique unique (transfer_id),
    constraint transfer_seal_number_range check (number >= 1)
);
