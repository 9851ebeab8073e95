-- Work of several people on one ticket. Rows belong to the hub of their ticket and follow it when it moves.

-- Names of people who are mentioned in a note; empty for everything else.
alter table message add column mentions uuid[] not null default '{}';
create index ticket_merged on ticket (merged_into) where merged_into is not null;

-- From a ticket to another one. `split`: the other began with messages of this one.
create table ticket_link (
  id uuid primary key,
  ticket_id uuid not null,
  hub_id uuid not null,
  other_id uuid not null references ticket,
  kind text not null check (kind in ('related', 'duplicate', 'follow_up', 'split')),
  created_by uuid references account,
  created_at timestamptz not null,
  check (ticket_id <> other_id),
  unique (ticket_id, other_id, kind),
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade
);
create index ticket_link_other on ticket_link (other_id);

-- What a ticket was before it was merged: codes, ids and instants. At most one merge of a ticket stands.
create table ticket_merge (
  id uuid primary key,
  source_id uuid not null,
  hub_id uuid not null,
  target_id uuid not null references ticket,
  before jsonb not null,
  -- Tickets that had been merged into the source, and went along.
  moved_along uuid[] not null default '{}',
  by_id uuid references account,
  at timestamptz not null,
  undo_until timestamptz not null,
  undone_by uuid references account,
  undone_at timestamptz,
  check (source_id <> target_id),
  foreign key (source_id, hub_id) references ticket (id, hub_id) on update cascade
);
create unique index ticket_merge_standing on ticket_merge (source_id) where undone_at is null;
create index ticket_merge_target on ticket_merge (target_id);

-- A loan with a question: an opinion is asked, the ticket stays where it is.
create table consultation (
  id uuid primary key,
  ticket_id uuid not null,
  hub_id uuid not null,
  association_id uuid,
  grant_id uuid not null references ticket_grant,
  to_kind text not null check (to_kind in ('account', 'hub')),
  to_id uuid not null,
  to_name_fr text not null,
  to_name_ar text not null,
  question text not null check (char_length(question) between 1 and 5000),
  state text not null check (state in ('waiting', 'answered', 'cancelled', 'expired')),
  asked_by uuid not null references account,
  asked_by_name text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > asked_at),
  remind_at timestamptz not null,
  reminded_at timestamptz,
  opinion text check (char_length(opinion) between 1 and 100000),
  opinion_by uuid references account,
  opinion_by_name text,
  message_id uuid,
  ended_at timestamptz,
  version int not null default 1,
  check ((state = 'waiting') = (ended_at is null)),
  check ((state = 'answered') = (opinion is not null)),
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade
);
create unique index consultation_live on consultation (ticket_id, to_id) where state = 'waiting';
create index consultation_ticket on consultation (ticket_id, asked_at);
create index consultation_waiting on consultation (to_id, expires_at) where state = 'waiting';
create index consultation_due on consultation (expires_at) where state = 'waiting';

-- A draft that another has to approve. The text is the one that leaves; a changed text is another version and wants its own verdict.
create table validation (
  id uuid primary key,
  ticket_id uuid not null,
  hub_id uuid not null,
  association_id uuid,
  author_id uuid not null references account,
  author_name text not null,
  validator_id uuid references account,
  grant_id uuid references ticket_grant,
  body text not null check (char_length(body) between 1 and 100000),
  language text,
  outcome text not null check (outcome in ('answered', 'pending', 'resolved')),
  seen_message_id uuid,
  state text not null check (state in ('waiting', 'approved', 'refused', 'withdrawn')),
  requested_at timestamptz not null,
  decided_by uuid references account,
  decided_by_name text,
  decided_at timestamptz,
  remarks text check (char_length(remarks) between 1 and 5000),
  message_id uuid,
  version int not null default 1,
  check ((state = 'waiting') = (decided_at is null)),
  check ((state = 'approved') = (message_id is not null)),
  check (decided_by is null or decided_by <> author_id or state = 'withdrawn'),
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade
);
create unique index validation_live on validation (ticket_id) where state = 'waiting';
create index validation_ticket on validation (ticket_id, requested_at);
create index validation_hub on validation (hub_id, requested_at) where state = 'waiting';
create index validation_mine on validation (validator_id, requested_at) where state = 'waiting';

-- A reply that may still be taken back; its id becomes that of the message.
create table pending_reply (
  id uuid primary key,
  ticket_id uuid not null,
  hub_id uuid not null,
  association_id uuid,
  author_id uuid not null references account,
  author_name text not null,
  body text not null check (char_length(body) between 1 and 100000),
  language text,
  outcome text not null check (outcome in ('answered', 'pending', 'resolved')),
  seen_message_id uuid,
  force boolean not null default false,
  send_at timestamptz not null,
  state text not null check (state in ('waiting', 'sent', 'cancelled', 'refused')),
  refusal text,
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'waiting') = (ended_at is null)),
  check ((state = 'refused') = (refusal is not null)),
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade
);
create index pending_reply_due on pending_reply (send_at) where state = 'waiting';
create index pending_reply_ticket on pending_reply (ticket_id, created_at);

create table mention (
  message_id uuid not null references message,
  account_id uuid not null references account,
  ticket_id uuid not null,
  hub_id uuid not null,
  by_id uuid references account,
  at timestamptz not null,
  read_at timestamptz,
  primary key (message_id, account_id),
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade
);
create index mention_account on mention (account_id, hub_id, at desc);
create index mention_unread on mention (account_id, hub_id, ticket_id) where read_at is null;
create index mention_ticket on mention (ticket_id, hub_id);

-- One act on many tickets, with what each was before: ids and codes.
create table bulk_action (
  id uuid primary key,
  hub_id uuid not null,
  account_id uuid not null references account,
  change jsonb not null,
  rows jsonb not null,
  at timestamptz not null,
  undo_until timestamptz not null,
  undone_at timestamptz
);
create index bulk_action_account on bulk_action (account_id, at desc);

do $$
declare
  hub_scope constant text := $p$hub_id = nullif(current_setting('app.hub_id', true), '')::uuid$p$;
  account_id constant text := $p$nullif(current_setting('app.account_id', true), '')::uuid$p$;
  either constant text := $p$any (array[nullif(current_setting('app.account_id', true), '')::uuid, nullif(current_setting('app.hub_id', true), '')::uuid])$p$;
  writable constant text := $p$ticket_id = any (array(select g.ticket_id from ticket_grant g where g.can_write))$p$;
  t text;
begin
  foreach t in array array['ticket_link', 'ticket_merge', 'consultation', 'validation', 'pending_reply', 'mention', 'bulk_action'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_rows on %I to sanad_owner using (true) with check (true)', t);
    execute format('create policy system_rows on %I to sanad_system using (true) with check (true)', t);
    execute format('create policy hub_rows on %I to sanad_hub using (%s) with check (%s)', t, hub_scope, hub_scope);
  end loop;
  -- Those who are asked see the question as long as it stands; what they answer goes through the rules.
  execute format('create policy guest_rows on consultation for select to sanad_guest using (to_id = %s and state = ''waiting'' and expires_at > clock_timestamp())', either);
  execute format('create policy guest_rows on validation for select to sanad_guest using (validator_id = %s and state = ''waiting'')', account_id);
  -- Who may write on a lent ticket may also take back what he wrote.
  execute format('create policy guest_rows on pending_reply to sanad_guest using (author_id = %s and %s) with check (author_id = %s and %s)',
    account_id, writable, account_id, writable);
end $$;

grant select, insert, delete on ticket_link to sanad_hub, sanad_system;
grant select, insert, update on ticket_merge, consultation, validation, pending_reply, mention, bulk_action to sanad_hub, sanad_system;
grant select on consultation, validation to sanad_guest;
grant select, insert, update on pending_reply to sanad_guest;
