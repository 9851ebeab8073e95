-- What the hub plans for its people, day by day; a change is a new version, and the highest one counts. Times of offers are found by hub.

create table agent_plan (
  hub_id uuid not null references hub,
  account_id uuid not null references account,
  -- Local day.
  day date not null,
  version int not null check (version > 0),
  -- Local spans in order, each with what is asked for.
  spans jsonb not null,
  why text not null check (why in ('roster', 'leave', 'illness', 'training', 'swap', 'field', 'correction')),
  author_id uuid not null references account,
  at timestamptz not null,
  primary key (hub_id, account_id, day, version)
);
create index agent_plan_day on agent_plan (hub_id, day);
create index offer_time on offer (hub_id, ended_at);
create index agent_state_log_time on agent_state_log (hub_id, to_at);
create index call_leg_time on call_leg (hub_id, answered_at) where answered_at is not null;

do $$
begin
  alter table agent_plan enable row level security;
  alter table agent_plan force row level security;
  create policy owner_rows on agent_plan to sanad_owner using (true) with check (true);
  create policy system_rows on agent_plan to sanad_system using (true) with check (true);
  create policy hub_rows on agent_plan for select to sanad_hub using (hub_id = nullif(current_setting('app.hub_id', true), '')::uuid);
end $$;
grant select on agent_plan to sanad_hub;
grant select, insert on agent_plan to sanad_system;
