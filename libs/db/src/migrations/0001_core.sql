-- Core schema. Ids are UUIDv7 made by the application; instants are timestamptz; local days are computed by the application, never here.
-- Every row of a hub carries hub_id, and association_id where members may read it, copied into children so that one short policy suffices.

create extension if not exists btree_gist;

-- ---------------------------------------------------------------- reference

create table place (
  code text primary key check (code ~ '^MA-[0-9A-Z]{2,3}$'),
  parent_code text references place,
  kind text not null check (kind in ('region', 'prefecture', 'province')),
  name_fr text not null,
  name_ar text not null,
  search_names text[] not null default '{}',
  check ((kind = 'region') = (parent_code is null))
);

create table category (
  code text primary key,
  parent_code text references category,
  kind text not null check (kind in ('legal', 'administrative', 'information')),
  advice_level text not null default 'orientation' check (advice_level in ('information', 'orientation', 'referral')),
  name_fr text not null,
  name_ar text not null,
  name_en text not null,
  needs_validation boolean not null default false,
  default_priority text not null default 'normal' check (default_priority in ('urgent', 'high', 'normal', 'low')),
  default_confidentiality text not null default 'normal' check (default_confidentiality in ('normal', 'restricted')),
  legal_basis jsonb not null default '[]',
  deadlines jsonb not null default '[]',
  note_fr text,
  note_ar text,
  active boolean not null default true,
  version int not null default 1
);

create table calendar (
  id uuid primary key,
  code text not null unique,
  name_fr text not null,
  name_ar text not null
);

-- Versions never change: each clock keeps the one that applied.
create table calendar_version (
  id uuid primary key,
  calendar_id uuid not null references calendar,
  version int not null,
  definition jsonb not null,
  published_at timestamptz not null,
  published_by uuid,
  unique (calendar_id, version)
);

create table hub (
  id uuid primary key,
  code text not null unique check (code ~ '^[A-Z]{2}$'),
  name_fr text not null,
  name_ar text not null,
  status text not null check (status in ('planned', 'active', 'suspended', 'closed')),
  is_national boolean not null default false,
  managing_name_fr text,
  managing_name_ar text,
  seat_code text references place,
  phone text,
  callback_phone text,
  email text,
  languages text[] not null default '{ar,fr}',
  calendar_id uuid not null references calendar,
  branding jsonb not null default '{}',
  version int not null default 1
);
create unique index hub_one_national on hub (is_national) where is_national;

create table sla_policy (
  id uuid primary key,
  code text not null,
  hub_id uuid references hub,
  position int not null,
  active boolean not null default true,
  unique nulls not distinct (hub_id, code),
  unique nulls not distinct (hub_id, position)
);

create table sla_policy_version (
  id uuid primary key,
  policy_id uuid not null references sla_policy,
  version int not null,
  definition jsonb not null,
  published_at timestamptz not null,
  published_by uuid,
  unique (policy_id, version)
);

-- A province row wins over its region's; where no row holds, the national hub answers.
create table territory (
  id uuid primary key,
  place_code text not null references place,
  hub_id uuid not null references hub,
  role text not null check (role in ('managing', 'interim')),
  valid daterange not null check (not isempty(valid)),
  exclude using gist (place_code with =, valid with &&)
);

create table hub_agreement (
  id uuid primary key,
  from_hub_id uuid not null references hub,
  to_hub_id uuid not null references hub,
  what text[] not null,
  queue_codes text[] not null,
  valid daterange not null
);

create table queue (
  id uuid primary key,
  hub_id uuid not null references hub,
  code text not null,
  kind text,
  name_fr text not null,
  name_ar text not null,
  settings jsonb not null default '{}',
  version int not null default 1,
  unique (hub_id, code)
);

create table routing_rule (
  id uuid primary key,
  hub_id uuid not null references hub,
  position int not null,
  conditions jsonb not null,
  queue_code text not null,
  required_skills jsonb not null default '[]',
  reason_fr text not null,
  reason_ar text not null,
  version int not null default 1,
  unique (hub_id, position),
  foreign key (hub_id, queue_code) references queue (hub_id, code)
);

create table skill (
  code text primary key,
  type text not null check (type in ('domain', 'language', 'clearance')),
  name_fr text not null,
  name_ar text not null,
  category_prefixes text[] not null default '{}',
  levels int[] not null default '{1}'
);

create table macro (
  id uuid primary key,
  hub_id uuid references hub,
  code text not null,
  kind text not null check (kind in ('macro', 'template', 'snippet')),
  name_fr text not null,
  name_ar text not null,
  subject_fr text,
  subject_ar text,
  body_fr text not null,
  body_ar text not null,
  variables text[] not null default '{}',
  channels text[] not null default '{}',
  actions jsonb not null default '[]',
  needs_validation boolean not null default false,
  disclaimer boolean not null default false,
  version int not null default 1,
  unique nulls not distinct (hub_id, code)
);

create table setting (
  key text primary key,
  value jsonb not null
);

-- Keys made here, for the workers and the server only.
create table secret (
  name text primary key,
  value text not null
);
insert into secret values ('cursor', gen_random_uuid()::text || gen_random_uuid()::text);

-- Bumped by any change of reference data; processes reload their copy when they see a new number.
create table reference_version (
  singleton boolean primary key default true check (singleton),
  version bigint not null default 1
);
insert into reference_version default values;

create function bump_reference_version() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update reference_version set version = version + 1;
  return null;
end $$;

do $$
declare t text;
begin
  foreach t in array array['place', 'category', 'calendar', 'calendar_version', 'hub', 'sla_policy', 'sla_policy_version', 'territory',
                           'hub_agreement', 'queue', 'routing_rule', 'skill', 'macro', 'setting'] loop
    execute format('create trigger bump after insert or update or delete on %I for each statement execute function bump_reference_version()', t);
  end loop;
end $$;

-- ---------------------------------------------------------------- people

create table account (
  id uuid primary key,
  email text not null,
  password_hash text not null,
  name text not null,
  locale text not null default 'fr' check (locale in ('fr', 'ar')),
  status text not null default 'active' check (status in ('active', 'disabled')),
  version int not null default 1,
  created_at timestamptz not null
);
create unique index account_email on account (lower(email));

create table association (
  id uuid primary key,
  code text unique,
  hub_id uuid not null references hub,
  name_fr text not null,
  name_ar text not null,
  folded text not null,
  place_code text not null references place,
  commune text,
  setting text check (setting in ('urban', 'rural')),
  legal_form text not null default 'association',
  founded_on date,
  domains text[] not null default '{}',
  tags text[] not null default '{}',
  receipts jsonb not null default '[]',
  mandate jsonb not null default '{}',
  members int check (members >= 0),
  employees int check (employees >= 0),
  verified_at timestamptz,
  verified_by uuid,
  demonstration boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (id, hub_id)
);
create index association_hub_list on association (hub_id, folded, id);

-- For kind association, hub_id is the hub of the association and follows it.
create table membership (
  id uuid primary key,
  account_id uuid not null references account,
  kind text not null check (kind in ('association', 'hub', 'national')),
  role text not null check (role in ('member', 'manager', 'agent', 'expert', 'supervisor', 'coordinator')),
  hub_id uuid references hub,
  association_id uuid,
  cleared boolean not null default false,
  valid daterange not null default daterange('2020-01-01', null),
  foreign key (association_id, hub_id) references association (id, hub_id) on update cascade,
  check ((kind = 'association') = (role in ('member', 'manager')) and (kind = 'national') = (role = 'coordinator')),
  check ((kind = 'association') = (association_id is not null) and (kind = 'national') = (hub_id is null)),
  exclude using gist (account_id with =, role with =, coalesce(association_id, hub_id, '00000000-0000-0000-0000-000000000000'::uuid) with =, valid with &&)
);
create index membership_hub on membership (hub_id, role);
create index membership_association on membership (association_id) where association_id is not null;

create table agent_skill (
  account_id uuid not null references account,
  hub_id uuid not null references hub,
  skill_code text not null references skill,
  level int not null,
  primary key (account_id, hub_id, skill_code)
);

create table session (
  id uuid primary key,
  token_hash bytea not null unique,
  account_id uuid not null references account,
  membership_id uuid not null references membership,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index session_account on session (account_id) where revoked_at is null;

-- Keys are hashes of an address or an e-mail; no personal data at rest.
create table login_attempt (
  key bytea not null,
  window_start timestamptz not null,
  attempts int not null default 1,
  primary key (key, window_start)
);

create table contact (
  id uuid primary key,
  hub_id uuid not null references hub,
  association_id uuid,
  name text not null,
  name_ar text,
  folded text not null,
  role text,
  role_state text not null default 'claimed' check (role_state in ('claimed', 'verified')),
  written_language text check (written_language in ('fr', 'ar')),
  spoken_language text,
  version int not null default 1,
  created_at timestamptz not null,
  unique (id, hub_id),
  foreign key (association_id, hub_id) references association (id, hub_id) on update cascade
);
create index contact_association on contact (association_id);
create index contact_hub_list on contact (hub_id, folded, id);

-- A phone may be shared by several people: it proposes identities, it proves none.
create table contact_phone (
  id uuid primary key,
  contact_id uuid not null,
  hub_id uuid not null,
  association_id uuid,
  e164 text not null check (e164 ~ '^\+[1-9][0-9]{6,14}$'),
  whatsapp boolean not null default false,
  verified_at timestamptz,
  foreign key (contact_id, hub_id) references contact (id, hub_id) on update cascade,
  unique (contact_id, e164)
);
create index contact_phone_number on contact_phone (e164);

create table contact_email (
  id uuid primary key,
  contact_id uuid not null,
  hub_id uuid not null,
  association_id uuid,
  email text not null,
  verified_at timestamptz,
  foreign key (contact_id, hub_id) references contact (id, hub_id) on update cascade
);
create unique index contact_email_once on contact_email (contact_id, lower(email));
create index contact_email_address on contact_email (lower(email));

-- ---------------------------------------------------------------- tickets

create sequence ticket_number;

create table ticket (
  id uuid primary key,
  reference text not null unique,
  hub_id uuid not null references hub,
  origin_hub_id uuid not null references hub,
  -- Names are copied so that a list joins nothing.
  association_id uuid,
  association_fr text,
  association_ar text,
  requester_account_id uuid references account,
  requester_contact_id uuid,
  requester_name text,
  created_by uuid,
  place_code text not null references place,
  channel text not null check (channel in ('portal', 'phone', 'email', 'whatsapp', 'walk_in', 'api')),
  language text not null check (language in ('fr', 'ar', 'ary-Latn', 'mixed')),
  answer_language text not null check (answer_language in ('fr', 'ar')),
  kind text not null check (kind in ('legal', 'administrative', 'information')),
  advice_level text not null check (advice_level in ('information', 'orientation', 'referral')),
  category_code text not null references category,
  queue_id uuid not null references queue,
  priority text not null check (priority in ('urgent', 'high', 'normal', 'low')),
  confidentiality text not null check (confidentiality in ('normal', 'restricted')),
  restricted boolean generated always as (confidentiality = 'restricted') stored,
  needs_validation boolean not null,
  status text not null check (status in ('new', 'open', 'pending', 'on_hold', 'answered', 'resolved', 'closed')),
  hold_reason text,
  level text not null default 'agent' check (level in ('agent', 'expert', 'supervisor', 'national')),
  assignee_id uuid references account,
  assignee_name text,
  subject text not null check (char_length(subject) between 1 and 200),
  tags text[] not null default '{}',
  next_due_at timestamptz,
  last_public_message_id uuid,
  follow_up_code_hash bytea,
  merged_into uuid,
  follow_up_of uuid,
  version int not null default 1,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  answered_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  unique (id, hub_id),
  check ((status = 'on_hold') = (hold_reason is not null))
);
create index ticket_hub_open on ticket (hub_id, updated_at desc, id desc) where status in ('new', 'open', 'pending', 'on_hold', 'answered');
create index ticket_queue_open on ticket (queue_id, updated_at desc, id desc) where status in ('new', 'open', 'pending', 'on_hold', 'answered');
create index ticket_hub_all on ticket (hub_id, updated_at desc, id desc);
create index ticket_assignee_due on ticket (assignee_id, next_due_at, id) where status in ('new', 'open', 'pending', 'on_hold', 'answered');
create index ticket_hub_due on ticket (hub_id, next_due_at, id) where status in ('new', 'open', 'pending', 'on_hold', 'answered');
create index ticket_hub_waiting on ticket (hub_id, opened_at) where assignee_id is null and status in ('new', 'open');
create index ticket_association on ticket (association_id, updated_at desc, id desc) where association_id is not null;

create table message (
  id uuid primary key,
  ticket_id uuid not null,
  hub_id uuid not null,
  association_id uuid,
  kind text not null check (kind in ('reply', 'note', 'call', 'system')),
  public boolean generated always as (kind = 'reply') stored,
  author_id uuid references account,
  author_kind text not null check (author_kind in ('requester', 'staff', 'system')),
  author_name text not null,
  channel text not null,
  language text not null,
  direction text not null check (direction in ('ltr', 'rtl')),
  body text not null check (char_length(body) between 1 and 100000),
  legal_notice text,
  seen_message_id uuid,
  original_ticket_id uuid,
  search tsvector not null,
  created_at timestamptz not null,
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade
);
create index message_ticket on message (ticket_id, id);
create index message_search on message using gin (search) with (fastupdate = off);

-- The only way to see a ticket of another hub. grantee_id is an account or a hub.
create table ticket_grant (
  id uuid primary key,
  ticket_id uuid not null,
  hub_id uuid not null,
  grantee_id uuid not null,
  grantee_kind text not null check (grantee_kind in ('account', 'hub')),
  reason text not null check (reason in ('consultation', 'escalation', 'overflow', 'national')),
  can_write boolean not null default false,
  granted_by uuid,
  granted_at timestamptz not null,
  expires_at timestamptz,
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade
);
create index ticket_grant_grantee on ticket_grant (grantee_id, ticket_id);
create index ticket_grant_ticket on ticket_grant (ticket_id);

create table escalation (
  id uuid primary key,
  ticket_id uuid not null,
  hub_id uuid not null,
  association_id uuid,
  from_level text not null,
  to_level text not null,
  reason text not null,
  by_id uuid,
  at timestamptz not null,
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade
);
create index escalation_ticket on escalation (ticket_id);

-- ---------------------------------------------------------------- promise

create table sla_clock (
  id uuid primary key,
  ticket_id uuid not null,
  hub_id uuid not null,
  association_id uuid,
  metric text not null check (metric in ('first_response', 'next_response', 'resolution', 'holding')),
  cycle int not null default 1,
  holder_id uuid,
  policy_version_id uuid not null references sla_policy_version,
  calendar_version_id uuid not null references calendar_version,
  time text not null check (time in ('business', 'calendar')),
  target_minutes int not null check (target_minutes > 0),
  started_at timestamptz not null,
  due_at timestamptz,
  state text not null check (state in ('running', 'paused', 'met', 'cancelled')),
  met_at timestamptz,
  warned_at timestamptz,
  breached_at timestamptz,
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade,
  unique nulls not distinct (ticket_id, metric, cycle, holder_id)
);

create table sla_pause (
  id uuid primary key,
  ticket_id uuid not null,
  hub_id uuid not null,
  association_id uuid,
  from_at timestamptz not null,
  to_at timestamptz,
  reason text not null,
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade,
  exclude using gist (ticket_id with =, tstzrange(from_at, to_at) with &&)
);

-- The one table that the sweeper reads. A row with no due_at is suspended while its clock is paused. Four rows for each ticket, so it
-- leans on its clock alone: moving a ticket takes hub_id along.
create table deadline (
  clock_id uuid not null references sla_clock,
  kind text not null,
  ticket_id uuid not null,
  hub_id uuid not null,
  association_id uuid,
  due_at timestamptz,
  done_at timestamptz,
  primary key (clock_id, kind)
);
create index deadline_due on deadline (due_at) where done_at is null;

-- ---------------------------------------------------------------- log

-- Append-only: audit trail, history, outbox and source of live updates. Data hold ids, enumerated values and instants, never text of people.
create table event (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  type text not null,
  hub_id uuid,
  association_id uuid,
  ticket_id uuid,
  actor_id uuid,
  entity_version int,
  data jsonb not null default '{}',
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade
);
create index event_cursor on event (xid, id);
create index event_ticket on event (ticket_id, id) where ticket_id is not null;

create table outbox (
  event_id bigint not null references event,
  consumer text not null,
  attempts int not null default 0,
  next_try_at timestamptz not null default now(),
  locked_until timestamptz,
  done_at timestamptz,
  dead_at timestamptz,
  last_error text,
  primary key (event_id, consumer)
);
create index outbox_waiting on outbox (next_try_at) where done_at is null and dead_at is null;

create table event_seal (
  id bigint generated always as identity primary key,
  up_to_xid xid8 not null,
  up_to_id bigint not null,
  events int not null,
  hash bytea not null,
  sealed_at timestamptz not null default now()
);

create table idempotency (
  account_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status int not null,
  answer text not null,
  created_at timestamptz not null,
  primary key (account_id, key)
);

create table notification (
  id uuid primary key,
  event_id bigint not null references event,
  account_id uuid not null references account,
  kind text not null,
  ticket_id uuid,
  hub_id uuid,
  association_id uuid,
  data jsonb not null default '{}',
  created_at timestamptz not null,
  read_at timestamptz,
  unique (event_id, account_id, kind)
);
create index notification_list on notification (account_id, created_at desc, id desc);

-- Ledger of outgoing mail: one row per event, template and address, whatever happens to the queue.
create table mail_message (
  id uuid primary key,
  event_id bigint not null references event,
  ticket_id uuid,
  hub_id uuid,
  association_id uuid,
  template text not null,
  language text not null check (language in ('fr', 'ar')),
  to_address text not null,
  subject text not null,
  text text not null,
  html text not null,
  message_id text not null unique,
  created_at timestamptz not null,
  sent_at timestamptz,
  unique (event_id, template, to_address)
);
create index mail_message_ticket on mail_message (ticket_id);

-- Live figures: a fold of the log kept by one projector; equal to a recomputation at its cursor.
create table projection (
  name text primary key,
  xid xid8 not null,
  id bigint not null
);
create table live_ticket (
  ticket_id uuid primary key,
  hub_id uuid not null,
  state jsonb not null
);
create table live_counter (
  hub_id uuid not null,
  metric text not null,
  account_id uuid not null default '00000000-0000-0000-0000-000000000000',
  value int not null,
  primary key (hub_id, metric, account_id)
);
