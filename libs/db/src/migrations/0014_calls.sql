-- The telephone: what telephone systems tell, the calls that follow from it, and the calls that are owed.

-- How a hub telephones. L0: calls are written down by hand; L1: events of calls; L2: queues and agents too; L3: we choose the agent.
create table hub_telephony (
  hub_id uuid primary key references hub,
  level text not null default 'L0' check (level in ('L0', 'L1', 'L2', 'L3')),
  recording boolean not null default false,
  service_level_seconds int not null default 20 check (service_level_seconds between 1 and 3600),
  short_abandon_seconds int not null default 5 check (short_abandon_seconds between 0 and 60),
  callback_slot_minutes int not null default 60 check (callback_slot_minutes between 15 and 480),
  callbacks_per_slot int not null default 4 check (callbacks_per_slot between 1 and 500),
  callback_attempts int not null default 3 check (callback_attempts between 1 and 10),
  callback_retry_minutes int not null default 60 check (callback_retry_minutes between 5 and 1440),
  lost_after_minutes int not null default 240 check (lost_after_minutes between 5 and 1440),
  version int not null default 1
);

-- A telephone system of a hub. The token is in nobody's hands but theirs; `secret` verifies signatures and opens a connector's session.
create table pbx_integration (
  id uuid primary key,
  hub_id uuid not null references hub,
  name text not null check (char_length(name) between 1 and 80),
  provider text not null check (provider in ('zammad', 'sipgate', 'placetel', 'twilio', 'jambonz', 'asterisk', 'freeswitch')),
  token_hash bytea not null unique,
  secret text,
  settings jsonb not null default '{}',
  active boolean not null default true,
  created_at timestamptz not null,
  rotated_at timestamptz,
  last_event_at timestamptz,
  refused int not null default 0,
  last_refused_at timestamptz,
  last_refusal text,
  connected_at timestamptz,
  connection_problem text,
  version int not null default 1,
  unique (id, hub_id)
);
create index pbx_integration_hub on pbx_integration (hub_id);

-- Names that a telephone system has for our queues, and for our people.
create table pbx_queue (
  hub_id uuid not null references hub,
  ref text not null check (char_length(ref) between 1 and 120),
  queue_id uuid not null references queue,
  primary key (hub_id, ref)
);
create table pbx_agent (
  hub_id uuid not null references hub,
  kind text not null check (kind in ('extension', 'sipPeer', 'login', 'email', 'displayName', 'providerUserId')),
  value text not null check (char_length(value) between 1 and 120),
  account_id uuid not null references account,
  primary key (hub_id, kind, value)
);
create index pbx_agent_account on pbx_agent (account_id);

-- One row for a call, whatever system told of it and however often. Instants of a hand-written call are what the agent said.
create table call (
  id uuid primary key,
  hub_id uuid not null references hub,
  integration_id uuid references pbx_integration,
  root_id text,
  direction text not null check (direction in ('in', 'out', 'internal')),
  state text not null check (state in ('ringing', 'queued', 'active', 'held', 'ended')),
  outcome text check (outcome in ('answered', 'abandoned', 'overflowed', 'called_back', 'voicemail', 'closed', 'blocked', 'not_reached', 'lost')),
  -- Rang once and hung up: a request, no abandonment.
  short boolean not null default false,
  source text not null check (source in ('pbx', 'hand')),
  from_raw text not null default '',
  from_e164 text,
  to_raw text not null default '',
  to_e164 text,
  queue_ref text,
  queue_id uuid references queue,
  account_id uuid references account,
  started_at timestamptz not null,
  queued_at timestamptz,
  offered_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  wrapped_up_at timestamptz,
  last_event_at timestamptz not null,
  wait_ms bigint,
  talk_ms bigint,
  hold_ms bigint not null default 0,
  times text not null check (times in ('provider', 'arrival', 'declared')),
  offers int not null default 0,
  missed_offers int not null default 0,
  transfers int not null default 0,
  cause text,
  cause_raw text,
  incomplete boolean not null default false,
  ivr jsonb not null default '{}',
  match text not null default 'none' check (match in ('none', 'exact', 'probable', 'shared')),
  contact_id uuid,
  association_id uuid,
  verified_at timestamptz,
  verified_by uuid references account,
  ticket_id uuid references ticket,
  language text,
  note text,
  disposition text,
  wrap_up_code text,
  recording_ref text,
  callback_id uuid,
  record jsonb not null default '{}',
  version int not null default 1,
  unique (id, hub_id),
  foreign key (contact_id, hub_id) references contact (id, hub_id) on update cascade,
  foreign key (integration_id, hub_id) references pbx_integration (id, hub_id),
  check ((state = 'ended') = (outcome is not null)),
  check (answered_at is null or answered_at >= started_at),
  check (ended_at is null or ended_at >= started_at)
);
create unique index call_root on call (integration_id, root_id) where root_id is not null;
create index call_hub on call (hub_id, started_at desc, id desc);
create index call_open on call (last_event_at) where state <> 'ended';
create index call_agent on call (account_id, started_at desc);
create index call_number on call (hub_id, from_e164, started_at desc) where from_e164 is not null;
create index call_ticket on call (ticket_id) where ticket_id is not null;

-- Each time that somebody's telephone rang for a call.
create table call_leg (
  call_id uuid not null,
  leg_id text not null,
  hub_id uuid not null,
  agent_kind text,
  agent_value text,
  account_id uuid references account,
  offered_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  outcome text not null check (outcome in ('ringing', 'answered', 'no_answer', 'busy', 'rejected', 'unreachable', 'rescinded', 'answered_elsewhere')),
  talk_ms bigint,
  primary key (call_id, leg_id),
  foreign key (call_id, hub_id) references call (id, hub_id) on delete cascade
);
create index call_leg_agent on call_leg (account_id, offered_at);

-- Bodies as they came, before anything is made of them. What is new waits for a worker.
create table pbx_event (
  id uuid primary key,
  integration_id uuid not null,
  hub_id uuid not null,
  received_at timestamptz not null,
  content_type text not null,
  body bytea not null,
  state text not null default 'new' check (state in ('new', 'done', 'repeated', 'ignored', 'failed')),
  problem text,
  dedup_key text,
  root_id text,
  canonical jsonb,
  call_id uuid,
  attempts int not null default 0,
  foreign key (integration_id, hub_id) references pbx_integration (id, hub_id)
);
create index pbx_event_new on pbx_event (id) where state = 'new';
create index pbx_event_last on pbx_event (integration_id, id desc);
create index pbx_event_root on pbx_event (integration_id, root_id) where state = 'done';
create unique index pbx_event_once on pbx_event (integration_id, dedup_key) where state = 'done';

-- A call that we owe somebody.
create table callback (
  id uuid primary key,
  reference text not null unique,
  hub_id uuid not null references hub,
  queue_id uuid not null references queue,
  e164 text not null check (e164 ~ '^\+[1-9][0-9]{6,14}$'),
  name text,
  contact_id uuid,
  association_id uuid,
  requester_account_id uuid references account,
  ticket_id uuid references ticket,
  call_id uuid references call,
  source text not null check (source in ('portal', 'agent', 'missed_call', 'overflow')),
  state text not null check (state in ('waiting', 'calling', 'reached', 'unreached', 'cancelled', 'called_in')),
  language text not null check (language in ('fr', 'ar')),
  subject text,
  -- When the wait began; its place is earned from here, however often it is tried.
  queued_at timestamptz not null,
  requested_at timestamptz not null,
  -- The times that suit the person, and the instant by which the first attempt is promised.
  window_from timestamptz not null,
  window_to timestamptz not null check (window_to > window_from),
  due_at timestamptz not null,
  next_try_at timestamptz not null,
  first_attempt_at timestamptz,
  attempts int not null default 0,
  missed_calls int not null default 0,
  day date not null,
  promise text not null check (promise in ('running', 'met', 'breached', 'cancelled')),
  ended_at timestamptz,
  code_hash bytea,
  version int not null default 1,
  unique (id, hub_id),
  foreign key (contact_id, hub_id) references contact (id, hub_id) on update cascade,
  check ((state in ('waiting', 'calling')) = (ended_at is null)),
  check (promise <> 'met' or first_attempt_at <= due_at)
);
create unique index callback_open on callback (hub_id, queue_id, e164) where state in ('waiting', 'calling');
create index callback_hub on callback (hub_id, requested_at desc, id desc);
create index callback_due on callback (next_try_at) where state = 'waiting';
create index callback_promise on callback (due_at) where promise = 'running';
create index callback_association on callback (association_id) where association_id is not null;
alter table call add foreign key (callback_id) references callback;

create table callback_attempt (
  id uuid primary key,
  callback_id uuid not null,
  hub_id uuid not null,
  e164 text not null,
  account_id uuid not null references account,
  number int not null,
  started_at timestamptz not null,
  ended_at timestamptz check (ended_at >= started_at),
  outcome text check (outcome in ('reached', 'no_answer', 'busy', 'wrong_number', 'unavailable', 'refused', 'given_up')),
  next_try_at timestamptz,
  foreign key (callback_id, hub_id) references callback (id, hub_id),
  unique (callback_id, number),
  check ((ended_at is null) = (outcome is null))
);
-- Never two at once for one request, nor for one number.
create unique index callback_attempt_flight on callback_attempt (callback_id) where ended_at is null;
create unique index callback_attempt_number on callback_attempt (hub_id, e164) where ended_at is null;

-- What somebody agreed to, in which words and language, and until when.
create table consent (
  id uuid primary key,
  hub_id uuid not null references hub,
  call_id uuid,
  contact_id uuid,
  e164 text,
  scope text not null check (scope in ('recording')),
  state text not null check (state in ('granted', 'refused')),
  wording_version text not null,
  language text not null,
  account_id uuid not null references account,
  given_at timestamptz not null,
  withdrawn_at timestamptz check (withdrawn_at >= given_at),
  foreign key (call_id, hub_id) references call (id, hub_id)
);
create index consent_call on consent (call_id);

-- What a telephone system says of its queues and people just now; replaced by each look.
create table pbx_mirror (
  integration_id uuid not null,
  hub_id uuid not null,
  kind text not null check (kind in ('member', 'caller')),
  queue_ref text not null,
  key text not null,
  state jsonb not null,
  seen_at timestamptz not null,
  primary key (integration_id, kind, queue_ref, key),
  foreign key (integration_id, hub_id) references pbx_integration (id, hub_id)
);

do $$
declare
  hub_scope constant text := $p$hub_id = nullif(current_setting('app.hub_id', true), '')::uuid$p$;
  t text;
begin
  foreach t in array array['hub_telephony', 'pbx_integration', 'pbx_queue', 'pbx_agent', 'call', 'call_leg', 'pbx_event', 'callback', 'callback_attempt', 'consent', 'pbx_mirror'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_rows on %I to sanad_owner using (true) with check (true)', t);
    execute format('create policy system_rows on %I to sanad_system using (true) with check (true)', t);
    execute format('create policy hub_rows on %I for select to sanad_hub using (%s)', t, hub_scope);
    execute format('grant select, insert, update on %I to sanad_system', t);
  end loop;
end $$;
create policy member_rows on callback for select to sanad_member
  using (association_id = nullif(current_setting('app.association_id', true), '')::uuid);

-- What people do with calls goes through the rules; they themselves only read, and no secret at all.
grant select on hub_telephony, pbx_queue, pbx_agent, call, call_leg, pbx_event, callback, callback_attempt, consent, pbx_mirror to sanad_hub;
grant select (id, hub_id, name, provider, settings, active, created_at, rotated_at, last_event_at, refused, last_refused_at, last_refusal, connected_at, connection_problem, version)
  on pbx_integration to sanad_hub;
grant select on callback to sanad_member;
grant delete on call, call_leg, pbx_queue, pbx_agent, pbx_mirror to sanad_system;
