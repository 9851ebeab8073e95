-- Policies and calendars that people change: who owns a calendar, and how far a published change has come.

-- A hub may keep a calendar of its own; without a hub it is the programme's.
alter table calendar add column hub_id uuid references hub;

-- One row for each published change. Open clocks are counted again in batches; `cursor` is the last ticket that was done, in the same
-- transaction as its clocks, so that a kill loses nothing and repeats nothing. A second pass catches what a process with an older copy
-- of the reference data still wrote.
create table sla_change (
  id uuid primary key,
  hub_id uuid references hub,
  why text not null check (why in ('policy', 'calendar', 'holiday', 'season')),
  policy_ids uuid[] not null default '{}',
  calendar_id uuid references calendar,
  -- The calendar by which the hub worked before.
  replaces_id uuid references calendar,
  version_id uuid,
  published_by uuid,
  published_at timestamptz not null,
  pass int not null default 1 check (pass in (1, 2)),
  cursor uuid not null default '00000000-0000-0000-0000-000000000000',
  clocks_moved int not null default 0,
  clocks_late int not null default 0,
  tickets_moved int not null default 0,
  done_at timestamptz,
  check ((calendar_id is null) = (policy_ids <> '{}'))
);
create index sla_change_waiting on sla_change (published_at) where done_at is null;

do $$
declare t text;
begin
  foreach t in array array['calendar', 'sla_change'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_rows on %I to sanad_owner using (true) with check (true)', t);
    execute format('create policy system_rows on %I to sanad_system using (true) with check (true)', t);
  end loop;
  foreach t in array array['sanad_member', 'sanad_hub', 'sanad_guest', 'sanad_national'] loop
    execute format('create policy config_%s on calendar for select to %I using (true)', t, t);
  end loop;
end $$;

-- What people publish goes through the rules, which may touch every hub; they themselves only read.
grant select, insert, update on sla_change to sanad_system;
grant insert on calendar, calendar_version, sla_policy, sla_policy_version to sanad_system;
grant update (position, active) on sla_policy to sanad_system;
grant update (calendar_id) on hub to sanad_system;
