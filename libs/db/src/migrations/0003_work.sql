-- Offered work: who is there, what waits, what is on offer to whom. Instants in milliseconds, by the clock of the database.

-- National reasons have no hub; a hub adds its own.
create table presence_reason (
  id uuid primary key,
  hub_id uuid references hub,
  code text not null,
  name_fr text not null,
  name_ar text not null,
  productive boolean not null,
  active boolean not null default true,
  unique nulls not distinct (hub_id, code)
);
insert into presence_reason (id, code, name_fr, name_ar, productive) values
  (gen_random_uuid(), 'break', 'Pause', 'استراحة', false),
  (gen_random_uuid(), 'lunch', 'Déjeuner', 'غداء', false),
  (gen_random_uuid(), 'prayer', 'Prière', 'صلاة', false),
  (gen_random_uuid(), 'visitor', 'Accueil sur place', 'استقبال في المقر', true),
  (gen_random_uuid(), 'field', 'Déplacement', 'تنقل ميداني', true),
  (gen_random_uuid(), 'admin', 'Tâche administrative', 'مهمة إدارية', true);

-- What is used is written by the statement that uses it, so that the checks hold at every instant.
create table agent_state (
  account_id uuid not null references account,
  hub_id uuid not null references hub,
  presence text not null check (presence in ('offline', 'available', 'away', 'training', 'meeting', 'recovery', 'not_responding', 'disconnected')),
  reason_id uuid references presence_reason,
  since timestamptz not null,
  pending_presence text check (pending_presence in ('offline', 'available', 'away', 'training', 'meeting', 'recovery')),
  pending_reason_id uuid references presence_reason,
  heartbeat_at timestamptz,
  idle_since timestamptz not null,
  capacity_used int not null default 0 check (capacity_used between 0 and 100),
  calls_used int not null default 0 check (calls_used between 0 and 1),
  chats_used int not null default 0 check (chats_used between 0 and 3),
  version int not null default 1,
  primary key (account_id, hub_id)
);
create index agent_state_hub on agent_state (hub_id, presence);

-- Each row begins where the one before ended (follows_at), so there is no gap; ranges exclude each other, so there is no overlap.
create table agent_state_log (
  id uuid primary key,
  account_id uuid not null,
  hub_id uuid not null,
  presence text not null check (presence in ('offline', 'available', 'away', 'training', 'meeting', 'recovery', 'not_responding', 'disconnected')),
  reason_id uuid references presence_reason,
  from_at timestamptz not null,
  to_at timestamptz check (to_at > from_at),
  follows_at timestamptz check (follows_at = from_at),
  foreign key (account_id, hub_id) references agent_state,
  unique (account_id, hub_id, to_at),
  foreign key (account_id, hub_id, follows_at) references agent_state_log (account_id, hub_id, to_at),
  exclude using gist (account_id with =, hub_id with =, tstzrange(from_at, to_at) with &&)
);
create unique index agent_state_log_first on agent_state_log (account_id, hub_id) where follows_at is null;
create unique index agent_state_log_open on agent_state_log (account_id, hub_id) where to_at is null;

-- subject_id is what the work is about: a ticket, a call, a callback. A ticket takes its work along when it moves to another hub.
create table work_item (
  id uuid primary key,
  hub_id uuid not null references hub,
  origin_hub_id uuid not null references hub,
  kind text not null check (kind in ('call', 'callback', 'chat', 'portal_message', 'email', 'ticket_task', 'voicemail')),
  subject_id uuid not null,
  ticket_id uuid,
  queue_id uuid not null references queue,
  state text not null check (state in ('new', 'queued', 'offered', 'accepted', 'active', 'held', 'wrap_up', 'completed', 'abandoned', 'cancelled', 'overflowed', 'called_back', 'expired')),
  account_id uuid references account,
  priority text not null check (priority in ('urgent', 'high', 'normal', 'low')),
  language text,
  required jsonb not null default '[]',
  cost int not null check (cost between 0 and 100),
  offer_seconds int not null check (offer_seconds > 0),
  max_wait_seconds int not null check (max_wait_seconds > 0),
  wrap_up_seconds int not null default 0 check (wrap_up_seconds >= 0),
  excluded_accounts uuid[] not null default '{}',
  excluded_hubs uuid[] not null default '{}',
  visited_hubs uuid[] not null default '{}',
  hops int not null default 0 check (hops between 0 and 2),
  sticky_account_id uuid references account,
  queued_at timestamptz not null,
  state_at timestamptz not null check (state_at >= queued_at),
  due_at timestamptz,
  wrap_up_until timestamptz,
  -- The work that was put before this one.
  interrupted_by uuid,
  version int not null default 1,
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade,
  check (kind <> 'ticket_task' or ticket_id = subject_id),
  check ((state in ('accepted', 'active', 'held', 'wrap_up')) <= (account_id is not null)),
  check (account_id is null or state not in ('new', 'queued', 'offered')),
  check ((state = 'wrap_up') = (wrap_up_until is not null)),
  check (interrupted_by is null or state = 'held')
);
create unique index work_item_open on work_item (subject_id) where state in ('new', 'queued', 'offered', 'accepted', 'active', 'held', 'wrap_up');
create index work_item_waiting on work_item (hub_id, queued_at) where state = 'queued';
create index work_item_hub_open on work_item (hub_id) where state in ('new', 'queued', 'offered', 'accepted', 'active', 'held', 'wrap_up');
create index work_item_hands on work_item (account_id) where state in ('accepted', 'active', 'held', 'wrap_up');
create index work_item_wrap_up on work_item (wrap_up_until) where state = 'wrap_up';
create index work_item_ticket on work_item (ticket_id, hub_id);

-- hub_id is the hub of the agent, which may help out another. An offer ends when it is refused, or with the work that it led to.
create table offer (
  id uuid primary key,
  item_id uuid not null references work_item,
  hub_id uuid not null,
  account_id uuid not null,
  state text not null check (state in ('pending', 'accepted', 'rejected', 'timed_out', 'rescinded')),
  reason text,
  offered_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > offered_at),
  decided_at timestamptz check (decided_at >= offered_at),
  ended_at timestamptz,
  foreign key (account_id, hub_id) references agent_state,
  check ((state = 'pending') = (decided_at is null)),
  check (state not in ('rejected', 'timed_out', 'rescinded') or ended_at is not null),
  check (state <> 'pending' or ended_at is null),
  check ((state = 'rescinded') = (reason is not null))
);
-- At most one agent has an item on offer or in hand.
create unique index offer_live on offer (item_id) where ended_at is null;
create index offer_agent_live on offer (account_id, hub_id) where ended_at is null;
create index offer_expiry on offer (expires_at) where state = 'pending';
create index offer_missed on offer (decided_at) where state in ('rejected', 'timed_out');

do $$
declare
  hub_scope constant text := $p$hub_id = nullif(current_setting('app.hub_id', true), '')::uuid$p$;
  t text;
begin
  foreach t in array array['presence_reason', 'agent_state', 'agent_state_log', 'work_item', 'offer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_rows on %I to sanad_owner using (true) with check (true)', t);
    execute format('create policy system_rows on %I to sanad_system using (true) with check (true)', t);
  end loop;
  foreach t in array array['agent_state', 'agent_state_log', 'work_item', 'offer'] loop
    execute format('create policy hub_rows on %I to sanad_hub using (%s) with check (%s)', t, hub_scope, hub_scope);
  end loop;
  -- Names of breaks are configuration.
  execute 'create policy config_sanad_hub on presence_reason for select to sanad_hub using (true)';
end $$;

grant select on presence_reason to sanad_hub, sanad_system;
grant select, insert, update on agent_state, agent_state_log, work_item, offer to sanad_system;
-- What people do with their work goes through the rules, which may reach into a neighbouring hub; they themselves only read.
grant select on agent_state, agent_state_log, work_item, offer to sanad_hub;
