-- Deletes the beginning of the ledger of transfers, for operators who may not keep it for ever (operating.md, Retention).
-- The owner of the schema runs it, with the schema in its search path; the application's role can't. What is before a seal
-- that was noted goes; that seal and its transfer stay, and the chain begins with them. Where the seal is not there, or has
-- another hash, nothing is deleted.
--
--   psql -U reportfiles -d reportfiles -v number=1234 -v hash=fa8c62be... -f cut-transfers.sql

with cut as (
    delete from transfer_seal
    where number < :number and exists (select from transfer_seal where number = :number and hash = :'hash')
    returning transfer_id
)
delete from transfer where id in (select transfer_id from cut);
