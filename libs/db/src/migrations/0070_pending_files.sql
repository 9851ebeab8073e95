-- Files of a reply that can still be taken back: they become attachments when it leaves, and stay uploads of its author until then.
alter table pending_reply add column upload_ids uuid[] not null default '{}';
